"""What can be done with a case: open, save, submit, correct, look up. Each write is one transaction."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from hall.cases.states import TITLES, moved
from hall.cases.tables import Attachment, Audit, Case, Feedback, Outbox, Submission
from hall.clock import AUTHORITY_ZONE
from hall.content.errors import AnswerError, HallError
from hall.content.models import Form, Guide, Pack, Stage, Submits
from hall.content.values import to_json
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.walk import walk

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for another
_hasher = PasswordHasher()


class CaseError(HallError):
    """A case, submission or receipt that isn't there, or can't do what was asked."""


@dataclass(frozen=True)
class Receipt:
    """What the applicant gets: numbers, digest, moment."""

    case: str
    submission: str
    receipt: str
    sha256: str
    at: datetime


def open_case(session: Session, guide: Guide | None, now: datetime) -> tuple[Case, str]:
    """A new case and its access code, which is shown once and kept as a hash only."""
    code = _random(8)
    number = f"{now.astimezone(AUTHORITY_ZONE):%Y%m%d}-{_random(8)}"
    case = Case(number=number, code_hash=_hasher.hash(code), created_at=now, updated_at=now)
    if guide:
        case.guide, case.guide_digest = guide.id, guide.digest
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
        raise CaseError("办件编号或者查询码不对，请核对后再输。") from error
    if case is None:
        raise CaseError("办件编号或者查询码不对，请核对后再输。")
    return case


def save_answers(session: Session, case: Case, values: Mapping[str, Any], now: datetime) -> None:
    """Adds values (parsed) to what the case knows."""
    case.answers = {**case.answers, **{key: to_json(value) for key, value in values.items()}}
    case.updated_at = now
    session.add(case)


def submit(
    session: Session, pack: Pack, case: Case, values: Mapping[str, Any], now: datetime,
    attachments: Sequence[tuple[str, bytes]] = (), stage: str | None = None,
) -> Receipt:  # fmt: skip
    """Hands the case in: submission and outbox row in the caller's one transaction.

    `values` are parsed answers and form data. AnswerError lists the fields that are wrong; CaseError when the
    guide has no outcome for the answers, or the same may be filed only once and was.
    """
    guide = pack.guides.get(case.guide or "")
    if guide is None:
        raise CaseError("这个办件没有选定指南，不能提交。")
    submits = _submits(guide, stage)
    form = pack.forms.get(submits.form)
    if form is None:
        raise CaseError(f"表格“{submits.form}”还没有开通网上提交。")
    _refuse_unopened(session, case, guide, stage, now)
    known = _known_at_outcome(pack, guide, values)
    _refuse_problems(form, known)
    before = _latest(session, case, stage)
    if before is not None:
        before.state = moved(before.state, "corrected")
        session.add(before)
    document_rows = [(name, hashlib.sha256(content).hexdigest(), content) for name, content in attachments]
    identity = str(uuid.uuid4())
    body = canonical(
        {
            "id": identity, "case": case.number, "kind": submits.kind, "stage": stage,
            "guide": {"id": guide.id, "digest": guide.digest}, "form": {"id": form.id, "digest": form.digest},
            "corrects": before.id if before else None, "data": form_data(form, known),
            "documents": [{"name": name, "sha256": digest} for name, digest, _ in document_rows],
            "submitted_at": now.isoformat(),
        }
    )  # fmt: skip
    submission = Submission(
        id=identity, case_id=case.id or 0, receipt=_receipt(now), body=body, stage=stage, created_at=now,
        sha256=hashlib.sha256(body.encode()).hexdigest(), revision=before.revision + 1 if before else 1,
        corrects=before.id if before else None, once_key=_once_key(form, known),
    )  # fmt: skip
    session.add(submission)
    try:
        session.flush()
    except IntegrityError as error:
        raise CaseError(f"“{form.title}”同一主体同一年度已经提交过，不能重复提交；要改，请在原办件里更正。") from error
    for name, digest, content in document_rows:
        session.add(Attachment(submission_id=identity, name=name, sha256=digest, content=content))
    session.add(Outbox(submission_id=identity, due_at=now))
    session.add(Feedback(submission_id=identity, at=now, state="submitted", text="网站已收到并保存。"))
    save_answers(session, case, values, now)
    audit(session, case, "submitted", now, submission.receipt)
    return Receipt(case.number, identity, submission.receipt, submission.sha256, now)


def timeline(session: Session, receipt: str) -> tuple[Submission, list[Feedback]]:
    """A submission and all events of it, in order; CaseError when the receipt is unknown."""
    submission = session.exec(select(Submission).where(Submission.receipt == receipt.strip().upper())).first()
    if submission is None:
        raise CaseError(f"没有回执“{receipt}”，请核对号码。")
    events = session.exec(
        select(Feedback).where(Feedback.submission_id == submission.id).order_by(col(Feedback.at), col(Feedback.id))
    )
    return submission, list(events)


def status(session: Session, receipt: str) -> dict[str, Any]:
    """State, timeline and open corrections of a receipt, as `hall status --json` gives them."""
    submission, events = timeline(session, receipt)
    asked = submission.state == "correction-required"
    return {
        "receipt": submission.receipt,
        "state": submission.state,
        "title": TITLES[submission.state],
        "sha256": submission.sha256,
        "timeline": [{"at": event.at.isoformat(), "state": event.state, "text": event.text} for event in events],
        "corrections": events[-1].corrections if asked else [],
    }


def form_data(form: Form, known: Known) -> dict[str, Any]:
    """What the form carries, as JSON: its fields only, never answers set aside."""
    blanks = fields_of(form, known)
    return {blank.fact: to_json(known(blank.fact)) for blank in blanks if known(blank.fact) is not None}


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces, so that the same content has the same digest."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def audit(session: Session, case: Case, act: str, now: datetime, detail: str = "", actor: str = "applicant") -> None:
    """Adds a line to the audit."""
    session.add(Audit(at=now, actor=actor, act=act, case_id=case.id, detail=detail))


def _known_at_outcome(pack: Pack, guide: Guide, values: Mapping[str, Any]) -> Known:
    """What is known at the guide's outcome: answers on the path, and data that no question asks."""
    asked = {getattr(question, "ask", None) for question in guide.questions}
    answers = {key: value for key, value in values.items() if key in asked}
    done = walk(pack.facts, guide, answers, {key: value for key, value in values.items() if key not in asked})
    if done.exit:
        raise CaseError(f"不能在这里办理：{done.exit.say}")
    if done.question:
        raise CaseError(f"还有问题没有回答：{pack.facts[done.question.ask].asks}")
    return done.known


def _refuse_problems(form: Form, known: Known) -> None:
    problems = [problem for problem in problems_of(form, known) if problem.level == "error"]
    if problems:
        errors = [(problem.fact or "", problem.say) for problem in problems]
        raise AnswerError(errors[0][0], "；".join(say for _, say in errors), errors)


def _submits(guide: Guide, stage: str | None) -> Submits:
    stages: dict[str | None, Stage] = {each.id: each for each in guide.stages}
    if stage is not None and stage in stages:
        return stages[stage].submits
    if guide.submits is None or stage is not None:
        raise CaseError(f"“{guide.title}”没有这一步网上提交。")
    return guide.submits


def _refuse_unopened(session: Session, case: Case, guide: Guide, stage: str | None, now: datetime) -> None:
    """CaseError unless the stage may be submitted today: so many days after the earlier one was accepted."""
    opens = next((each.opens for each in guide.stages if each.id == stage), None)
    if opens is None:
        return
    earlier = _latest(session, case, opens.after)
    accepted = (
        earlier
        and session.exec(
            select(Feedback).where(Feedback.submission_id == earlier.id, Feedback.state == "accepted")
        ).first()
    )
    if earlier is None or accepted is None or earlier.state not in ("accepted", "completed"):
        raise CaseError("前一步还没有被受理，或者没有完成，这一步还不能提交。")
    first_day = accepted.at.astimezone(AUTHORITY_ZONE).date() + timedelta(days=(opens.days or 0) + 1)
    if now.astimezone(AUTHORITY_ZONE).date() < first_day:
        raise CaseError(f"公告期还没有满，{first_day:%Y-%m-%d} 起可以提交这一步。")


def _latest(session: Session, case: Case, stage: str | None) -> Submission | None:
    rows = session.exec(
        select(Submission).where(Submission.case_id == case.id).order_by(col(Submission.revision).desc())
    )
    return next((row for row in rows if row.stage == stage), None)


def _once_key(form: Form, known: Known) -> str | None:
    if not form.once_per:
        return None
    return hashlib.sha256(canonical([form.id, *(to_json(known(fact)) for fact in form.once_per)]).encode()).hexdigest()


def _receipt(now: datetime) -> str:
    return f"HN{now.astimezone(AUTHORITY_ZONE):%Y%m%d}{_random(8)}"


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
