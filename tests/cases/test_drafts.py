"""Filling in: each field is on disk, what isn't accepted stays as typed, what the registry knows isn't asked."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hall.cases.access import Access, adopt, cases_of_visitor, new_code, open_case, unlock, unlock_as_visitor
from hall.cases.drafts import Standing, save_cell, save_choice, save_field, save_left_empty, save_subject, standing
from hall.cases.errors import CaseError
from hall.content.models import Pack
from hall.database import reading, writing
from hall.journey.forms import Blank, row_problems
from hall.journey.known import Known
from hall.library import library
from hall.registry.demo import ensure_demo
from hall.registry.prefill import registered_facts
from hall.registry.store import open_registry

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
REPORT = "enterprise-annual-report"


@pytest.fixture
def pack() -> Pack:
    return library().pack(NOW.date())


@pytest.fixture
def access(data_dir: Path, pack: Pack) -> Access:
    with writing() as session:
        return Access(open_case(session, pack.guides[REPORT], NOW)[0].number)


def stands(pack: Pack, access: Access) -> Standing:
    with reading() as session:
        return standing(session, pack, access, NOW)


def save(pack: Pack, access: Access, fact: str, raw: Any) -> Any:
    with writing() as session:
        return save_field(session, access, pack.facts[fact], raw, NOW)


def find_subject(pack: Pack, access: Access, data_dir: Path) -> None:
    ensure_demo(data_dir)
    subject = open_registry(data_dir).get("91000000MA0000001R")
    assert subject is not None
    with writing() as session:
        save_subject(session, pack, pack.guides[REPORT], access, registered_facts(subject, pack.facts), NOW)


def test_what_is_not_accepted_stays_as_typed_and_the_answer_before_it_goes(pack: Pack, access: Access) -> None:
    assert save(pack, access, "report.year", "2025").errors == ()
    saved = save(pack, access, "report.year", "去年")
    assert "要填数字" in saved.errors[0][1]
    now = stands(pack, access)
    assert now.drafts == {"report.year": "去年"} and now.unread == {"report.year"}
    save(pack, access, "report.year", "")
    assert "report.year" not in stands(pack, access).values


def test_an_o_typed_for_a_zero_is_read_as_meant_and_said(pack: Pack, access: Access) -> None:
    assert "91000000MA0000002W" in save(pack, access, "subject.uscc", "9100000OMA0OO0OO2W").remark


def test_a_found_subject_is_not_asked_again_and_cannot_be_replaced_by_typing(
    pack: Pack, access: Access, data_dir: Path
) -> None:
    find_subject(pack, access, data_dir)
    save(pack, access, "report.year", "2025")
    save(pack, access, "subject.name", "别家公司")
    now = stands(pack, access)
    assert now.course.known("subject.name") == "郑州示范嵩麓科技有限公司"
    asked = {ask.fact.id for stop in now.course.stops for ask in stop.asks}
    assert not asked & {"subject.name", "subject.uscc"}


def test_rows_that_the_registry_knows_in_part_are_completed_cell_by_cell(
    pack: Pack, access: Access, data_dir: Path
) -> None:
    find_subject(pack, access, data_dir)
    rows = stands(pack, access).values["contributions"]
    group = pack.facts["contributions"]
    blank = Blank("contributions", True, None, columns=tuple(group.of))
    assert list(row_problems(blank, Known(pack.facts, stands(pack, access).values)))
    seen = stands(pack, access).case.answers["contributions"]
    for index, row in enumerate(rows):
        for name, field in group.of.items():
            if field.required and name not in row:
                value = ["cash"] if field.kind == "choices" else field.example
                with writing() as session:
                    seen = save_cell(session, access, group, seen, index, name, value, NOW)
    now = stands(pack, access)
    assert not list(row_problems(blank, Known(pack.facts, now.values)))
    assert [row["name"] for row in now.values["contributions"]] == [row["name"] for row in rows]


def test_a_question_left_empty_is_answered_by_nothing(pack: Pack, access: Access) -> None:
    with writing() as session:
        save_left_empty(session, access, pack.facts["deregistration.exclusions"], NOW)
    assert stands(pack, access).case.answers["deregistration.exclusions"] == []


def test_the_choice_of_publication_is_kept_and_taken_back(pack: Pack, access: Access) -> None:
    for is_public, kept in ((True, ["finance.tax_paid"]), (False, [])):
        with writing() as session:
            save_choice(session, access, "finance.tax_paid", is_public, NOW)
        assert stands(pack, access).case.publish == kept


def test_access_by_code_or_by_the_browser_and_by_nothing_else(pack: Pack, data_dir: Path) -> None:
    with writing() as session:
        case, code = open_case(session, pack.guides[REPORT], NOW, visitor="token-1")
    with reading() as session:
        assert unlock(session, case.number, f" {code.lower()} ") == Access(case.number)
        assert unlock_as_visitor(session, case.number, "token-1") == Access(case.number)
        assert [each.number for each in cases_of_visitor(session, "token-1")] == [case.number]
        for other in ("token-2", "", None):
            assert unlock_as_visitor(session, case.number, other) is None
            assert cases_of_visitor(session, other) == []
        for number, wrong in ((case.number, "AAAAAAAA"), ("20260101-AAAAAAAA", code)):
            with pytest.raises(CaseError, match="办件编号或者查询码不对"):
                unlock(session, number, wrong)
    with writing() as session:
        fresh = new_code(session, Access(case.number), NOW)
    with reading() as session, pytest.raises(CaseError):
        unlock(session, case.number, code)
    with reading() as session:
        assert unlock(session, case.number, fresh)


def test_rows_that_were_changed_in_another_window_are_not_overwritten(pack: Pack, access: Access) -> None:
    group = pack.facts["contributions"]
    with writing() as session:
        first = save_cell(session, access, group, [], 0, "name", "李", NOW)
    with writing() as session:
        save_cell(session, access, group, first, 1, "name", "王", NOW)
    with pytest.raises(CaseError, match="在别的窗口里改过了"), writing() as session:
        save_cell(session, access, group, first, 0, "name", "赵", NOW)


def test_several_browsers_hold_a_case_and_none_is_locked_out(pack: Pack, data_dir: Path) -> None:
    with writing() as session:
        case, code = open_case(session, pack.guides[REPORT], NOW, visitor="first")
        adopt(session, unlock(session, case.number, code), "second")
        adopt(session, unlock(session, case.number, code), "second")
    with reading() as session:
        for token in ("first", "second"):
            assert unlock_as_visitor(session, case.number, token)
            assert [each.number for each in cases_of_visitor(session, token)] == [case.number]
