"""Handing in again: corrections open named fields only, reports are corrected until 30 June, objections end a stage."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hall.cases.access import open_case
from hall.cases.errors import CaseError
from hall.cases.progress import current_stage
from hall.cases.submit import Receipt, submit
from hall.cases.tables import Case, Feedback, Submission
from hall.content.errors import AnswerError
from hall.content.load import load_pack
from hall.content.models import Pack
from hall.database import reading, writing
from hall.journey.answers import parse_answers
from tests.packs import FORM, GUIDE, write_pack

ANSWERS = {"person.kind": "owner", "person.age": 30, "people": [{"name": "甲", "foreign": False, "amount": 1}],
           "company.capital": 1}  # fmt: skip
REPORT = GUIDE + "kind: annual-report\nsubmits: {kind: annual-report, form: sheet}\n"
STAGED = (
    GUIDE
    + """stages:
  - {id: first, submits: {kind: filing, form: sheet}}
  - {id: second, submits: {kind: filing, form: sheet}, opens: {days: 20, after: first, unless: objection}, closes: {days: 40, after: first}}
"""
)


def on(month: int, day: int) -> datetime:
    """Noon at the authority, 2026."""
    return datetime(2026, month, day, 4, tzinfo=UTC)


class Applicant:
    """One case of a small pack."""

    def __init__(self, root: Path, guide: str) -> None:
        self.pack: Pack = load_pack(write_pack(root / "pack", guide, FORM))[0]
        with writing() as session:
            self.number = open_case(session, self.pack.guides["sample"], on(5, 1))[0].number

    def hand_in(self, now: datetime, stage: str | None = None, **changes: Any) -> Receipt:
        values = parse_answers(self.pack.facts, {**ANSWERS, **changes})
        with writing() as session:
            return submit(session, self.pack, self._case(session), values, now, stage=stage)

    def answered(self, receipt: Receipt, state: str, at: datetime, *fields: str) -> None:
        """What the back office answered."""
        with writing() as session:
            session.get_one(Submission, receipt.submission).state = state
            corrections = [{"field": field, "note": "请核对"} for field in fields]
            session.add(
                Feedback(submission_id=receipt.submission, at=at, state=state, text="", corrections=corrections)
            )

    def stage(self) -> str | None:
        with reading() as session:
            return current_stage(session, self._case(session), self.pack.guides["sample"])

    def _case(self, session: Any) -> Case:
        from sqlmodel import select

        return session.exec(select(Case).where(Case.number == self.number)).one()


def test_a_correction_changes_the_named_fields_and_no_others(data_dir: Path, tmp_path: Path) -> None:
    mine = Applicant(tmp_path, REPORT)
    first = mine.hand_in(on(5, 1))
    mine.answered(first, "correction-required", on(5, 2), "person.age")
    with pytest.raises(AnswerError, match=r"只能修改登记机关指出的栏目.*company.capital"):
        mine.hand_in(
            on(5, 3), **{"person.age": 31, "company.capital": 2, "people": [{**ANSWERS["people"][0], "amount": 2}]}
        )
    second = mine.hand_in(on(5, 3), **{"person.age": 31})
    with reading() as session:
        assert session.get_one(Submission, second.submission).corrects == first.submission
        assert session.get_one(Submission, first.submission).state == "corrected"


@pytest.mark.parametrize(("day", "allowed"), [(on(6, 30), True), (on(7, 1), False)])
def test_a_report_is_corrected_until_30_june(data_dir: Path, tmp_path: Path, day: datetime, allowed: bool) -> None:
    mine = Applicant(tmp_path, REPORT)
    mine.answered(mine.hand_in(on(5, 1)), "completed", on(5, 2))
    if allowed:
        assert mine.hand_in(day, **{"person.age": 31})
        return
    with pytest.raises(CaseError, match="已经提交过"):
        mine.hand_in(day, **{"person.age": 31})


def test_what_was_refused_may_be_handed_in_again_and_what_is_on_its_way_may_not(data_dir: Path, tmp_path: Path) -> None:
    mine = Applicant(tmp_path, GUIDE + "submits: {kind: filing, form: sheet}\n")
    first = mine.hand_in(on(5, 1))
    with pytest.raises(CaseError, match="已经提交过"):
        mine.hand_in(on(5, 1))
    mine.answered(first, "rejected", on(5, 2))
    again = mine.hand_in(on(5, 3))
    with reading() as session:
        assert session.get_one(Submission, again.submission).corrects is None


def test_a_stage_opens_after_twenty_days_closes_after_forty_and_an_objection_ends_it(
    data_dir: Path, tmp_path: Path
) -> None:
    mine = Applicant(tmp_path, STAGED)
    assert mine.stage() == "first"
    first = mine.hand_in(on(5, 1), "first")
    mine.answered(first, "accepted", on(5, 2))
    assert mine.stage() == "second"
    with pytest.raises(CaseError, match="2026-05-23 起可以提交"):
        mine.hand_in(on(5, 22), "second")
    with pytest.raises(CaseError, match="已经过了"):
        mine.hand_in(on(6, 12), "second")
    mine.answered(first, "objected", on(5, 20))
    with pytest.raises(CaseError, match="有人提出了异议"):
        mine.hand_in(on(5, 23), "second")
    mine.answered(first, "accepted", on(5, 2))
    assert mine.hand_in(on(5, 23), "second")
