"""Words that several pages use."""

from datetime import datetime
from typing import Any

from hall.cases.tables import Case
from hall.clock import AUTHORITY_ZONE
from hall.content.models import Fact, Pack
from hall.content.values import show
from hall.documents.printed import lookup_fact

STATUS_WORDS = {
    "live": "存续", "dormant": "歇业", "revoked": "已吊销", "deregistered": "已注销", "annulled": "已撤销登记",
    "moved-out": "已迁出",
}  # fmt: skip
ORIGINS = {"registry": "登记信息", "scenario": "前面答过", "window": "窗口代填"}
PUBLICITY = {"always": "会向社会公示", "never": "不向社会公示", "optional": "可以选择是否公示"}


def subject_of(case: Case) -> str | None:
    """The name of the subject that a case is about, once found."""
    name = case.known.get("registered.subject.name")
    return str(name) if name else None


def kind_title(pack: Pack, kind: str | None) -> str:
    """The kind of subject in words."""
    fact = pack.facts.get("subject.kind")
    return fact.options[kind].title if fact and kind in fact.options else kind or ""


def moment(at: datetime) -> str:
    """A moment at the authority: 2026年5月1日 09:30."""
    local = at.astimezone(AUTHORITY_ZONE)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def answer(pack: Pack, fact: Fact, value: Any) -> str:
    """A value as the pages show it."""
    if fact.kind == "choices" and value == ():
        return "都没有"
    if value in (None, "", ()):
        return "（没有填写）"
    if fact.kind == "region":
        return pack.regions.get(str(value), str(value))
    if fact.kind == "group":
        return "；".join(row_summary(pack, fact, row) for row in value)
    return show(fact, value)


def row_summary(pack: Pack, group: Fact, row: dict[str, Any]) -> str:
    """A row of a group in one line, without numbers of identity papers."""
    shown = [name for name in group.of if not group.of[name].sensitive and row.get(name) not in (None, "")]
    return "，".join(answer(pack, group.of[name], row[name]) for name in shown[:5])


def full_row(pack: Pack, group: Fact, row: dict[str, Any]) -> str:
    """A row with every field under its name, as it is checked before it is handed in."""
    shown = [name for name in group.of if row.get(name) not in (None, "", ())]
    return "\n".join(f"{group.of[name].title}：{answer(pack, group.of[name], row[name])}" for name in shown)


def title_of(pack: Pack, fact_id: str) -> str:
    """A fact's title, also of `registered.…` and of a group's field."""
    fact = lookup_fact(pack.facts, fact_id)
    return fact.title if fact else fact_id
