"""Saving while a case is filled in: each field is on disk before the next is shown."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from hall.cases.access import Access, case_of
from hall.cases.errors import CaseError
from hall.cases.tables import Case, Submission
from hall.clock import AUTHORITY_ZONE
from hall.content.errors import AnswerError
from hall.content.models import Fact, Guide, Pack
from hall.content.values import parse, reading, to_json
from hall.journey.answers import REGISTERED, fact_of
from hall.journey.course import Course, course_of, form_course
from hall.journey.prefill import as_registered, prefilled

FILING_DAY = "filing.day"
"""The fact that rules compare with the day of filing; never asked, always the authority's date."""


@dataclass(frozen=True)
class Saved:
    """What became of a value: refused with these errors (place, message), or taken, perhaps with a remark."""

    errors: tuple[tuple[str, str], ...] = ()
    remark: str | None = None


@dataclass(frozen=True)
class Standing:
    """A case as its pages need it: values parsed, where it stands, what is typed but not accepted."""

    case: Case
    values: Mapping[str, Any]
    course: Course
    drafts: Mapping[str, Any] = field(default_factory=dict)
    handed_in: bool = False
    """Whether anything was submitted."""

    @property
    def unread(self) -> frozenset[str]:
        """Facts whose typed text isn't accepted yet."""
        return frozenset(self.drafts)


def standing(session: Session, pack: Pack, access: Access, now: datetime, stage: str | None = None) -> Standing:
    """How a case stands now, walked anew with today's guide."""
    case = case_of(session, access)
    values = read_values(pack, case.answers)
    guide, form = pack.guides.get(case.guide or ""), pack.forms.get(case.form or "")
    if guide is not None:
        known = {**read_values(pack, case.known), FILING_DAY: now.astimezone(AUTHORITY_ZONE).date()}
        course = course_of(pack, guide, values, known, stage)
    elif form is not None:
        course = form_course(pack, form, values)
    else:
        raise AnswerError(case.guide or "", "这个办件所用的指南现在停用了，请向登记机关咨询。")
    sent = session.exec(select(Submission.id).where(Submission.case_id == case.id)).first()
    return Standing(case, values, course, dict(case.drafts), sent is not None)


def read_values(pack: Pack, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Stored JSON as values; what today's vocabulary no longer accepts is left out, so that it is asked again."""
    values: dict[str, Any] = {}
    for fact_id, raw in stored.items():
        try:
            fact = fact_of(pack.facts, fact_id)
            values[fact_id] = None if raw is None else _read(fact, raw, fact_id.startswith(REGISTERED))
        except AnswerError:
            continue
    return values


def save_field(session: Session, access: Access, fact: Fact, raw: Any, now: datetime) -> Saved:
    """Saves one field. What isn't accepted is kept as typed and refused in words; empty removes the answer."""
    case = case_of(session, access)
    answers, drafts, origins = dict(case.answers), dict(case.drafts), dict(case.origins)
    drafts.pop(fact.id, None)
    saved = Saved()
    if raw is None or raw == "" or (fact.kind == "group" and raw == []):
        answers.pop(fact.id, None)
    else:
        try:
            value = parse(fact, raw)
            answers[fact.id] = to_json(value)
            origins.pop(fact.id, None)
            saved = Saved(remark=reading(fact, raw, value))
        except AnswerError as error:
            drafts[fact.id] = raw
            saved = Saved(tuple(error.errors))
    case.answers, case.drafts, case.origins, case.updated_at = answers, drafts, origins, now
    session.add(case)
    return saved


def save_cell(
    session: Session, access: Access, group: Fact, seen: Sequence[Mapping[str, Any]], index: int, name: str, raw: Any,
    now: datetime,
) -> list[dict[str, Any]]:  # fmt: skip
    """Saves one field of one row (counted from 0) of a group; the rows as they are now.

    `seen`: the rows as the person saw them; CaseError when they were changed meanwhile, in another window.
    """
    rows = [dict(row) for row in seen]
    rows += [{} for _ in range(index + 1 - len(rows))]
    rows[index].pop(name, None)
    if raw not in (None, "", []):
        rows[index][name] = raw
    save_rows(session, access, group, seen, rows, now)
    return stored_rows(case_of(session, access), group)


def save_rows(
    session: Session, access: Access, group: Fact, seen: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]], now: datetime,
) -> Saved:  # fmt: skip
    """Saves the rows of a group in the place of those that were seen; CaseError when others stand there."""
    case = case_of(session, access)
    if stored_rows(case, group) != [dict(row) for row in seen]:
        raise CaseError(f"“{group.title}”在别的窗口里改过了，刚才这一处没有保存。现在显示的是最新的内容，请看看再填。")
    return save_field(session, access, group, [dict(row) for row in rows], now)


def stored_rows(case: Case, group: Fact) -> list[dict[str, Any]]:
    """The rows of a group as they are kept: as typed while some are not accepted, else as JSON."""
    return [dict(row) for row in case.drafts.get(group.id, case.answers.get(group.id)) or []]


def read_row(group: Fact, row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row, without what isn't accepted."""
    values: dict[str, Any] = {}
    for name, field_ in group.of.items():
        if row.get(name) not in (None, ""):
            with suppress(AnswerError):
                values[name] = parse(field_, row[name])
    return values


def save_left_empty(session: Session, access: Access, fact: Fact, now: datetime) -> None:
    """Records that a question which may stay empty was seen and left so."""
    case = case_of(session, access)
    if fact.id not in case.answers and fact.id not in case.drafts:
        case.answers = {**case.answers, fact.id: [] if fact.kind == "choices" else None}
        case.updated_at = now
        session.add(case)


def save_choice(session: Session, access: Access, fact_id: str, is_public: bool, now: datetime) -> None:
    """Saves whether the reporter publishes a fact of choice."""
    case = case_of(session, access)
    others = [each for each in case.publish if each != fact_id]
    case.publish, case.updated_at = [*others, *([fact_id] if is_public else [])], now
    session.add(case)


def save_subject(
    session: Session, pack: Pack, guide: Guide, access: Access, registered: Mapping[str, Any], now: datetime
) -> None:
    """Starts the case from a registered subject; `registered` are parsed values by fact id.

    Of another subject found before, what the registry answered goes. Rows that the registry knows only in
    part are drafts: the person completes them.
    """
    case = case_of(session, access)
    if session.exec(select(Submission.id).where(Submission.case_id == case.id)).first() is not None:
        raise CaseError("这个办件已经提交过，不能再换主体；要为别的主体办，请重新开始。")
    from_before = {key for key, origin in case.origins.items() if origin == "registry"}
    kept = {key: value for key, value in case.answers.items() if key not in from_before}
    drafts = {key: value for key, value in case.drafts.items() if key not in from_before}
    found = {key: to_json(value) for key, value in prefilled(pack, guide, registered).items()}
    whole = read_values(pack, found).keys()
    case.known = {key: to_json(value) for key, value in as_registered(registered).items()}
    case.answers = {**kept, **{key: value for key, value in found.items() if key in whole}}
    case.drafts = {**drafts, **{key: value for key, value in found.items() if key not in whole}}
    others = {key: origin for key, origin in case.origins.items() if key not in from_before}
    case.origins, case.updated_at = {**others, **dict.fromkeys(found, "registry")}, now
    session.add(case)


def _read(fact: Fact, raw: Any, from_registry: bool) -> Any:
    """A group of the registry has fewer fields than one that a person fills in."""
    if from_registry and fact.kind == "group" and isinstance(raw, list):
        return tuple({name: parse(fact.of[name], each) for name, each in row.items() if name in fact.of} for row in raw)
    return parse(fact, raw)
