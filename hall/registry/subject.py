"""A registered subject as the registry knows it, and the words for its state and kind."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

STATUSES = {
    "live": "存续（在营、开业）",
    "dormant": "歇业",
    "revoked": "吊销，未注销",
    "deregistered": "注销",
    "annulled": "撤销登记",
    "moved-out": "迁出",
}
LIVE = frozenset({"live", "dormant"})
"""States of a subject that still exists; found before the others."""

KINDS = {
    "company": "公司",
    "non-company-enterprise": "非公司企业法人",
    "partnership": "合伙企业",
    "sole-proprietorship": "个人独资企业",
    "farmers-cooperative": "农民专业合作社",
    "individual-business": "个体工商户",
    "branch": "分支机构",
}
"""The options of the fact `subject.kind`."""

SHAREHOLDER_KINDS = ("person", "company", "foreign")

_HEADS = {
    "company": "legal_representative",
    "non-company-enterprise": "legal_representative",
    "farmers-cooperative": "legal_representative",
    "partnership": "executive_partner",
    "sole-proprietorship": "investor",
    "individual-business": "operator",
    "branch": "person_in_charge",
}
HEADS = {
    "legal_representative": "法定代表人",
    "executive_partner": "执行事务合伙人",
    "investor": "投资人",
    "operator": "经营者",
    "person_in_charge": "负责人",
}
"""What the person in the column `legal_representative` is called, by the kind of subject."""


@dataclass(frozen=True, slots=True)
class Shareholder:
    """Who holds a share; the contribution subscribed is in 万元."""

    name: str
    kind: str | None = None
    contribution: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Abnormal:
    """An entry in the 经营异常名录 that still stands."""

    reason: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject; `capital` is in 万元, `region` the six digits of GB/T 2260. At least one number is there."""

    uscc: str | None
    reg_no: str | None
    name: str
    kind: str | None
    status: str
    region: str | None
    authority: str | None = None
    established: date | None = None
    approved: date | None = None
    capital: Decimal | None = None
    legal_representative: str | None = None
    domicile: str | None = None
    scope: str | None = None
    industry: str | None = None
    term_until: date | None = None
    shareholders: tuple[Shareholder, ...] = ()
    abnormal: Abnormal | None = None

    @property
    def live(self) -> bool:
        """Whether the subject still exists: live or dormant."""
        return self.status in LIVE

    @property
    def status_title(self) -> str:
        """The state in words."""
        return STATUSES[self.status]

    @property
    def kind_title(self) -> str:
        """The kind in words, empty when the registry doesn't say."""
        return KINDS.get(self.kind or "", "")

    @property
    def head_title(self) -> str:
        """What this kind calls the person in `legal_representative`: 法定代表人, 经营者, 负责人 …"""
        return HEADS[_HEADS.get(self.kind or "", "legal_representative")]

    def column(self, name: str) -> Any:
        """The value of a column as facts name it; None when unknown or of another kind of subject.

        The person at the head is `legal_representative`, `executive_partner`, `investor`, `operator` or
        `person_in_charge`, whichever this kind of subject has; the others are None. KeyError for no such column.
        """
        if name in HEADS:
            return self.legal_representative if _HEADS.get(self.kind or "", "legal_representative") == name else None
        if name not in _COLUMNS:
            raise KeyError(name)
        return getattr(self, name)


_COLUMNS = frozenset(field.name for field in fields(Subject))
