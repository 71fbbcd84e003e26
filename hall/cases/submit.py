"""Handing a case in: the submission and its outbox row in one transaction; a correction as a new revision."""

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from hall.cases.access import Access, audit
from hall.cases.drafts import FILING_DAY, standing
from hall.cases.errors import CaseError
from hall.cases.papers import papers_of
from hall.cases.progress import asked_corrections, latest, opens_on, report_correctable
from hall.cases.receipts import new_number
from hall.cases.states import FINAL, TITLES, moved
from hall.cases.tables import Attachment, Case, Feedback, Outbox, Submission
from hall.clock import AUTHORITY_ZONE
from hall.content.errors import AnswerError
from hall.content.models import Form, Guide, Pack, Stage, Submits
from hall.content.values import to_json
from hall.journey.answers import REGISTERED
from hall.journey.course import Course, course_of
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.publicity import optional_facts


@dataclass(frozen=True)
class Receipt:
    """What the applicant gets: numbers, digest, moment."""

    case: str
    submission: str
    receipt: str
    sha256: str
    at: datetime


def submit(
    session: Session, pack: Pack, case: Case, values: Mapping[str, Any], now: datetime,
    attachments: Sequence[tuple[str, bytes]] = (), stage: str | None = None, publish: Collection[str] = (),
    attested: str | None = None,
) -> Receipt:  # fmt: skip
    """Hands the case in: submission and message to the back office in the caller's one transaction.

    `values` are parsed answers and form data, `registered.…` among them; `publish`: the facts of choice that
    the reporter publishes; `attested`: the words that the applicant confirmed. AnswerError lists the fields
    that are wrong; CaseError when the guide has no outcome for the answers, the same may be filed only once
    and was, or a correction changes what wasn't asked to be corrected.
    """
    guide = pack.guides.get(case.guide or "")
    if guide is None:
        raise CaseError("这个办件没有选定指南，不能提交。")
    session.exec(select(Case.id).where(Case.id == case.id).with_for_update()).first()  # one at a time in a case
    submits = submits_of(guide, stage)
    form = pack.forms.get(submits.form)
    if form is None:
        raise CaseError(f"表格“{submits.form}”还没有开通网上提交。")
    _refuse_unopened(session, case, guide, stage, now)
    known = _at_outcome(pack, guide, values, now).known
    _refuse_problems(form, known)
    data, chosen = form_data(form, known), [fact for fact in optional_facts(form) if fact in publish]
    before = latest(session, case, stage)
    corrects = _corrected(session, guide, before, data, chosen, now)
    files = [(name, hashlib.sha256(content).hexdigest(), content) for name, content in attachments]
    identity = str(uuid.uuid4())
    body = canonical(
        {
            "id": identity, "case": case.number, "kind": submits.kind, "stage": stage,
            "guide": {"id": guide.id, "digest": guide.digest}, "form": {"id": form.id, "digest": form.digest},
            "corrects": corrects.id if corrects else None, "subject": _subject(data), "data": data, "publish": chosen,
            "documents": [{"name": name, "sha256": digest} for name, digest, _ in files],
            "attestation": attested, "submitted_at": now.isoformat(),
        }
    )  # fmt: skip
    submission = Submission(
        id=identity, case_id=case.id or 0, receipt=new_number(now), body=body, stage=stage, created_at=now,
        sha256=hashlib.sha256(body.encode()).hexdigest(), revision=before.revision + 1 if before else 1,
        corrects=corrects.id if corrects else None, once_key=_once_key(form, known),
    )  # fmt: skip
    session.add(submission)
    try:
        session.flush()
    except IntegrityError as error:
        raise CaseError(f"“{form.title}”同一主体同一年度已经提交过，不能重复提交；要改，请在原办件里更正。") from error
    for name, digest, content in files:
        session.add(Attachment(submission_id=identity, name=name, sha256=digest, content=content))
    session.add(Outbox(submission_id=identity, case_id=case.id or 0, created_at=now, due_at=now))
    session.add(Feedback(submission_id=identity, at=now, state="submitted", text="网站已收到并保存。"))
    _keep_answers(session, case, values, now)
    audit(session, case, "submitted", now, submission.receipt)
    return Receipt(case.number, identity, submission.receipt, submission.sha256, now)


def hand_in(
    session: Session, pack: Pack, access: Access, now: datetime, stage: str | None = None, attested: str | None = None
) -> Receipt:
    """Hands in what the case has: its answers in use, the choices of publication, the papers added to it.

    Raises as `submit` does; AnswerError also for what was typed and isn't accepted yet.
    """
    stands = standing(session, pack, access, now, stage)
    asked = {ask.fact.id for stop in stands.course.stops for ask in stop.asks}
    if unread := [fact for fact in stands.unread if fact in asked]:
        errors = [(fact, f"“{pack.facts[fact].title}”还没有填对") for fact in unread]
        raise AnswerError(unread[0], "；".join(message for _, message in errors), errors)
    files = [(paper.name, paper.content) for paper in papers_of(session, access)]
    values = {**stands.course.known.values}
    case = stands.case
    return submit(session, pack, case, values, now, files, stage, case.publish, attested)


def submits_of(guide: Guide, stage: str | None) -> Submits:
    """What the guide, or this stage of it, submits; CaseError when nothing."""
    stages: dict[str | None, Stage] = {each.id: each for each in guide.stages}
    if stage is not None and stage in stages:
        return stages[stage].submits
    if guide.submits is None or stage is not None:
        raise CaseError(f"“{guide.title}”没有这一步网上提交。")
    return guide.submits


def form_data(form: Form, known: Known) -> dict[str, Any]:
    """What the form carries, as JSON: its fields only, never answers set aside."""
    blanks = fields_of(form, known)
    return {blank.fact: to_json(known(blank.fact)) for blank in blanks if known(blank.fact) is not None}


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces, so that the same content has the same digest."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _at_outcome(pack: Pack, guide: Guide, values: Mapping[str, Any], now: datetime) -> Course:
    """The course, at its outcome: answers on the path, data that no question asks, and the day of filing."""
    registered = {key: value for key, value in values.items() if key.startswith(REGISTERED)}
    given = {key: value for key, value in values.items() if key not in registered}
    course = course_of(pack, guide, given, {**registered, FILING_DAY: now.astimezone(AUTHORITY_ZONE).date()})
    if course.walk.exit:
        raise CaseError(f"不能在这里办理：{course.walk.exit.say}")
    if course.walk.question:
        raise CaseError(f"还有问题没有回答：{pack.facts[course.walk.question.ask].asks}")
    return course


def _corrected(
    session: Session, guide: Guide, before: Submission | None, data: dict[str, Any], publish: list[str], now: datetime
) -> Submission | None:
    """The submission that this one corrects, moved on; None when it is a first or a new one. CaseError: neither."""
    if before is None or before.state in FINAL - {"completed", "corrected"}:
        return None
    if before.state == "correction-required":
        _refuse_other_changes(session, before, data)
    elif not report_correctable(guide, before, now):
        raise CaseError(f"这一步已经提交过，现在的状态是“{TITLES[before.state]}”，不能再次提交。")
    before.state = moved(before.state, "corrected")
    session.add(before)
    return before


def _refuse_other_changes(session: Session, before: Submission, data: dict[str, Any]) -> None:
    """A correction opens the fields that were named, and no others."""
    named = {each["field"] for each in asked_corrections(session, before)}
    old = json.loads(before.body)["data"]
    changed = {key for key in {*old, *data} if old.get(key) != data.get(key)}
    if named and (others := sorted(changed - named)):
        errors = [(fact, "补正时只能修改登记机关指出的栏目") for fact in others]
        raise AnswerError(others[0], f"补正时只能修改登记机关指出的栏目，这些栏目也改动了：{'、'.join(others)}", errors)


def _refuse_problems(form: Form, known: Known) -> None:
    problems = [problem for problem in problems_of(form, known) if problem.level == "error"]
    if problems:
        errors = [(problem.fact or "", problem.say) for problem in problems]
        raise AnswerError(errors[0][0], "；".join(say for _, say in errors), errors)


def _refuse_unopened(session: Session, case: Case, guide: Guide, stage: str | None, now: datetime) -> None:
    """CaseError unless the stage may be submitted today."""
    chosen = next((each for each in guide.stages if each.id == stage), None)
    if chosen is None or chosen.opens is None:
        return
    window = opens_on(session, case, guide, chosen)
    if window.reason:
        raise CaseError(window.reason)
    today = now.astimezone(AUTHORITY_ZONE).date()
    if not window.is_open(today):
        raise CaseError(window.words(today))


def _keep_answers(session: Session, case: Case, values: Mapping[str, Any], now: datetime) -> None:
    plain = {key: to_json(value) for key, value in values.items() if not key.startswith(REGISTERED)}
    case.answers, case.updated_at = {**case.answers, **plain}, now
    session.add(case)


def _once_key(form: Form, known: Known) -> str | None:
    if not form.once_per:
        return None
    return hashlib.sha256(canonical([form.id, *(to_json(known(fact)) for fact in form.once_per)]).encode()).hexdigest()


def _subject(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Whom it is about, when the form says so."""
    uscc, name = data.get("subject.uscc"), data.get("subject.name")
    return {"uscc": uscc, "name": name} if uscc or name else None
