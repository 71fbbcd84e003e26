"""Guides, forms and laws are in force together; dates are in order; what ends has a successor."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from hall.check.places import Places
from hall.content.findings import Finding
from hall.content.models import Form, Guide, Law, Pack, Period
from hall.content.source import Path
from hall.journey.prefill import forms_of

_DAY_OF_YEAR = re.compile(r"(\d{2})-(\d{2})")


def check_guide_dates(guide: Guide, pack: Pack, places: Places, today: date | None) -> Iterator[Finding]:
    """Findings of one guide's dates. With `today`, what lies in the past needs no more forms and guides."""
    yield from _order((guide.file, "in_force"), guide.in_force, places)
    yield from _basis(guide, pack, places)
    for form_id in forms_of(guide):
        form = pack.forms.get(form_id)
        if form is not None:
            what = f"表格《{form.title}》"
            yield from _together(place_of_form(guide, form_id), guide.in_force, form.in_force, what, places, today)
    for at, target in _targets(guide):
        other = pack.guides.get(target)
        if other is not None and other is not guide:
            help = f"改成接替它的 {other.successor}。" if other.successor else "改成现在用的指南。"
            what = f"指南“{other.title}”"
            yield from _together(at, guide.in_force, other.in_force, what, places, today, help)
    yield from _successor(guide, pack, places)
    for index, limit in enumerate(guide.time_limit):
        if limit.until is not None and not _is_day(limit.until):
            at = places.of_value(guide.file, "time_limit", index)
            yield places.finding((*at, "until"), "dates", f"没有“{limit.until}”这一天", '写成月-日，加引号："06-30"。')


def _basis(guide: Guide, pack: Pack, places: Places) -> Iterator[Finding]:
    """Laws that aren't in force while the guide is; when most aren't yet, the guide's date is what is wrong."""
    laws = [(index, pack.laws[basis.law]) for index, basis in enumerate(guide.basis) if basis.law in pack.laws]
    begins = guide.in_force.from_
    later = [law for _, law in laws if begins and law.in_force.from_ and begins < law.in_force.from_]
    if len(later) > 1 and 2 * len(later) > len(laws):
        last = max(later, key=lambda law: law.in_force.from_ or date.min)
        message = (
            f"指南从 {begins} 起用，那时它依据的 {len(later)} 部法规还没有施行：{last.name}自 {last.in_force.from_} 起"
        )
        yield places.finding((guide.file, "in_force"), "not-in-force", message, "推迟 in_force.from。")
        return
    for index, law in laws:
        yield from _law((guide.file, "basis", index), guide.in_force, law, "指南", places)


def check_form_dates(form: Form, pack: Pack, places: Places) -> Iterator[Finding]:
    """Findings of one form's dates."""
    yield from _order((form.file, "in_force"), form.in_force, places)
    law = pack.laws.get(form.norm.law) if form.norm else None
    if law is not None:
        yield from _law((form.file, "norm"), form.in_force, law, "表格", places)


def check_law_dates(laws: dict[str, Law], places: Places) -> Iterator[Finding]:
    """Findings of the laws' own dates and successors."""
    for key, law in laws.items():
        yield from _order(("data/laws.yaml", key, "in_force"), law.in_force, places)
        if law.successor and law.successor not in laws:
            message = f"没有“{law.successor}”这部法规"
            yield places.finding(
                ("data/laws.yaml", key, "successor"), "unknown-law", message, "请先在 data/laws.yaml 里加上。"
            )


def check_days_of_year(at: Path, days: tuple[str, ...], places: Places) -> Iterator[Finding]:
    """Findings of days written as MM-DD."""
    for day in days:
        if not _is_day(day):
            yield places.finding(at, "dates", f"没有“{day}”这一天", '写成月-日，加引号：["01-01", "06-30"]。')


def _is_day(text: str) -> bool:
    match = _DAY_OF_YEAR.fullmatch(text)
    if match is None:
        return False
    try:
        date(2024, int(match[1]), int(match[2]))  # a leap year, so that 02-29 is a day
    except ValueError:
        return False
    return True


def _order(at: Path, period: Period, places: Places) -> Iterator[Finding]:
    if _is_reversed(period) and not places.is_damaged(at):
        yield places.finding(
            at, "dates", f"从 {period.from_} 开始，却到 {period.until} 就结束了", "两个日期对调，或者改正。"
        )


def _is_reversed(period: Period) -> bool:
    return period.from_ is not None and period.until is not None and period.from_ > period.until


def _law(at: Path, period: Period, law: Law, what: str, places: Places) -> Iterator[Finding]:
    begins, ends = period.from_, period.until
    if _is_reversed(period) or _is_reversed(law.in_force):
        return
    if begins and law.in_force.from_ and begins < law.in_force.from_:
        message = f"{law.name}自 {law.in_force.from_} 起施行，{what}却从 {begins} 起用"
        yield places.finding(at, "not-in-force", message, "推迟 in_force.from，或者换成当时有效的法规。")
    last = law.in_force.until
    if last and (ends is None or ends > last):
        message = f"{law.name}到 {last} 为止，{what}在那以后还在用"
        help = f"改引接替它的 {law.successor}" if law.successor else "换成现行有效的法规"
        yield places.finding(at, "not-in-force", message, f"{help}，或者把 in_force.until 写到 {last}。")


def _together(
    at: Path, period: Period, other: Period, what: str, places: Places, today: date | None, help: str | None = None
) -> Iterator[Finding]:
    """A finding when another thing isn't in force all the time that it is needed."""
    if _is_reversed(other):
        return
    if other.until and (period.until is None or period.until > other.until):
        message = f"{what}到 {other.until} 就停用了，这个指南在那以后还要用它"
        yield places.finding(at, "not-in-force", message, help or "换成现在用的，或者把 in_force.until 写到同一天。")
    elif today and other.from_ and other.from_ > max(today, period.from_ or today):
        message = f"{what}到 {other.from_} 才启用，这个指南现在就要用它"
        yield places.finding(at, "not-in-force", message, "推迟 in_force.from，或者先用现在的。")


def place_of_form(guide: Guide, form_id: str) -> Path:
    """Where a guide names a form that it uses."""
    material = next((each for each in guide.materials if each.form == form_id), None)
    if material is None:
        return (guide.file, "submits") if guide.submits else (guide.file, "stages")
    return (*(material.put or material.origin), *(() if material.put else ("form",)))


def _targets(guide: Guide) -> Iterator[tuple[Path, str]]:
    """The guides that people are sent to."""
    for each in guide.exits:
        if each.refer:
            yield (each.put or (*each.origin, "refer")), each.refer
    for index, item in enumerate(guide.then):
        yield (guide.file, "then", index), item.guide


def _successor(guide: Guide, pack: Pack, places: Places) -> Iterator[Finding]:
    """What ends names what comes after it, and that begins in time."""
    last = guide.in_force.until
    if places.is_damaged((guide.file, "successor")) or places.is_damaged((guide.file, "in_force")):
        return
    if _is_reversed(guide.in_force):
        return  # the dates themselves are wrong
    if guide.successor is None:
        if last is not None:
            message = f"这个指南到 {last} 停用，没有写由哪个指南接替"
            help = "写上 successor: 指南 id，老名称才找得到新办法；没有接替的，写一个 kind: superseded 的指南说明。"
            yield places.finding((guide.file, "in_force"), "successor", message, help)
        return
    at: Path = (guide.file, "successor")
    if guide.successor == guide.id:
        yield places.finding(at, "successor", "接替它的就是它自己", "写上接替它的指南。")
    elif last is None and guide.kind != "superseded":
        message = f"写了由 {guide.successor} 接替，却没有写到哪一天为止"
        yield places.finding(at, "successor", message, "在 in_force 里写上 until: 最后一天。")
    following = pack.guides.get(guide.successor)
    begins = following.in_force.from_ if following else None
    if last and begins and begins > last + timedelta(days=1):
        message = (
            f"这个指南到 {last} 停用，接替的“{following.title if following else ''}”到 {begins} 才启用，中间没有办法办"
        )
        yield places.finding(at, "successor", message, "让两个日期接上。")
