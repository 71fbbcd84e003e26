"""Opening a case, and proving that one may touch it: by its access code, or as the browser that opened it."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlmodel import Session, col, or_, select

from hall.cases.errors import CaseError
from hall.cases.tables import Audit, Case, Holder, Submission
from hall.clock import AUTHORITY_ZONE
from hall.content.models import Form, Guide
from hall.content.values import to_json

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for another
_CODE_LENGTH = 8
VISITOR_COOKIE = "hall_visitor"
"""The cookie that has the browser's token."""
_hasher = PasswordHasher()
_WRONG = "办件编号或者查询码不对，请核对后再输。"


@dataclass(frozen=True)
class Access:
    """Proof that its holder may touch this case; given out by this module only."""

    number: str


def open_case(
    session: Session, guide: Guide | None, now: datetime, *, form: Form | None = None, visitor: str | None = None,
    known_already: Mapping[str, Any] | None = None, origin: str = "scenario",
) -> tuple[Case, str]:  # fmt: skip
    """A new case and its access code, which is shown to the applicant and kept as a hash only.

    `visitor` is the browser's token; `known_already` are parsed values, e.g. a scenario's answers.
    """
    code = random_letters(_CODE_LENGTH)
    case = Case(
        number=f"{now.astimezone(AUTHORITY_ZONE):%Y%m%d}-{random_letters(8)}", code_hash=_hasher.hash(code),
        created_at=now, updated_at=now, visitor=_digest(visitor) if visitor else None,
        guide=guide.id if guide else None, guide_digest=guide.digest if guide else None, form=form.id if form else None,
        answers={key: to_json(value) for key, value in (known_already or {}).items()},
        origins=dict.fromkeys(known_already or {}, origin),
    )  # fmt: skip
    session.add(case)
    session.flush()
    audit(session, case, "opened", now)
    return case, code


def find_case(session: Session, number: str, code: str) -> Case:
    """The case of a number and its access code; CaseError, the same for either being wrong."""
    case = session.exec(select(Case).where(Case.number == number.strip().upper())).first()
    try:
        _hasher.verify(case.code_hash if case else _hasher.hash(""), code.strip().upper())
    except VerifyMismatchError as error:
        raise CaseError(_WRONG) from error
    if case is None:
        raise CaseError(_WRONG)
    return case


def unlock(session: Session, number: str, code: str) -> Access:
    """Access by number and code; CaseError when they don't fit."""
    return Access(find_case(session, number, code).number)


def adopt(session: Session, access: Access, visitor: str | None) -> None:
    """A browser that opened the case by its code needs no code from now on; the others keep their access."""
    case = case_of(session, access)
    if visitor and not _holds(session, case, visitor):
        session.add(Holder(case_id=case.id or 0, visitor=_digest(visitor)))


def unlock_as_visitor(session: Session, number: str, visitor: str | None) -> Access | None:
    """Access for a browser that opened the case, else None."""
    case = session.exec(select(Case).where(Case.number == number)).first()
    return Access(number) if case is not None and visitor and _holds(session, case, visitor) else None


def _holds(session: Session, case: Case, visitor: str) -> bool:
    """Digests of 256 random bits are compared: what the time of it tells is of no use."""
    mine = select(Holder).where(Holder.case_id == case.id, Holder.visitor == _digest(visitor))
    return case.visitor == _digest(visitor) or session.exec(mine).first() is not None


def new_code(session: Session, access: Access, now: datetime) -> str:
    """A fresh access code in the place of the old one, for who holds the case already."""
    case = case_of(session, access)
    code = random_letters(_CODE_LENGTH)
    case.code_hash = _hasher.hash(code)
    session.add(case)
    audit(session, case, "new code", now)
    return code


def cases_of_visitor(session: Session, visitor: str | None, unfinished: bool = False) -> list[Case]:
    """The cases of this browser, newest first; `unfinished`: only those of which nothing was handed in."""
    if not visitor:
        return []
    adopted = select(Holder.case_id).where(Holder.visitor == _digest(visitor))
    mine = select(Case).where(or_(Case.visitor == _digest(visitor), col(Case.id).in_(adopted)))
    if unfinished:
        mine = mine.where(col(Case.id).not_in(select(Submission.case_id)))
    return list(session.exec(mine.order_by(col(Case.updated_at).desc()).limit(20)))


def case_of(session: Session, access: Access) -> Case:
    """The case that the access is for."""
    case = session.exec(select(Case).where(Case.number == access.number)).first()
    if case is None:
        raise CaseError("这个办件已经不在了。")
    return case


def audit(session: Session, case: Case, act: str, now: datetime, detail: str = "", actor: str = "applicant") -> None:
    """Adds a line to the audit."""
    session.add(Audit(at=now, actor=actor, act=act, case_id=case.id, detail=detail))


def random_letters(length: int) -> str:
    """Letters and digits that can be read aloud, from the system's random source."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _digest(token: str) -> str:
    """A token of 256 random bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
