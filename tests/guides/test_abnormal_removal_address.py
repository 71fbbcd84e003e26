"""Policy of leaving the 经营异常名录 once the subject can be reached again."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from tests.guides.walks import materials, walked

GUIDE = "abnormal-removal-address"
PLAIN = ["abnormal-list-removal-application", "trustworthiness-commitment"]


@pytest.mark.parametrize(
    ("remedy", "more"), [("changed", ["new-licence"]), ("reachable", ["domicile-declaration", "domicile-papers"])]
)
def test_how_it_was_mended_is_shown(pack: Pack, remedy: str, more: list[str]):
    answers = {"credit.address_remedy": remedy, "applicant.is_agent": False}
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", **answers})
    assert materials(done) == [*PLAIN, *more]


@pytest.mark.parametrize(
    ("kind", "guide"),
    [("company", "company-domicile-change"), ("branch", "company-branch-change"), ("partnership", None)],
)
def test_first_it_must_be_mended(pack: Pack, kind: str, guide: str | None):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "credit.address_remedy": "open"})
    assert done.exit and done.exit.refer == guide


def test_a_shop_is_marked_and_not_listed(pack: Pack):
    done = walked(pack, GUIDE, {"registered.subject.kind": "individual-business", "credit.address_remedy": "open"})
    assert done.exit and done.exit.refer == "individual-normal-status"


def test_the_reason_is_settled_and_nothing_of_missed_years_is_asked(pack: Pack):
    answers = parse_answers(pack.facts, {"credit.address_remedy": "changed", "applicant.is_agent": False})
    course = course_of(pack, pack.guides[GUIDE], answers, {"registered.subject.kind": "company"})
    assert course.known("credit.listed_for") == ("address",)
    assert course.stop_of("credit.missed_years") is None and course.stop_of("credit.remedy") is not None
