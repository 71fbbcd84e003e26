"""Policy of filing the reports of earlier years."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "late-annual-report"
PLAIN = {
    "report.year": 2023, "subject.operating_status": "open", "report.has_investments": False,
    "report.has_websites": False, "report.has_guarantees": False, "report.has_insured": False,
}  # fmt: skip


@pytest.mark.parametrize("listed", [True, False])
def test_who_is_on_the_list_then_asks_to_leave_it(pack: Pack, listed: bool):
    done = walked(pack, GUIDE, {"registered.subject.kind": "partnership", "credit.is_listed": listed, **PLAIN})
    assert materials(done) == ["enterprise-annual-report"]
    then = [each.guide for each in done.outcome.then] if done.outcome else []
    assert ("abnormal-removal-unreported" in then) == listed


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("individual-business", "individual-business-annual-report"),
        ("farmers-cooperative", "cooperative-annual-report"),
        ("branch", "branch-annual-report"),
    ],
)
def test_others_use_their_own_report_for_the_missing_year(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "credit.is_listed": True})
    assert done.exit and done.exit.refer == guide and "没有报的那一年" in done.exit.say


def test_the_same_questions_as_every_year(pack: Pack):
    yearly = [
        question.ask for question in pack.guides["enterprise-annual-report"].questions if hasattr(question, "ask")
    ]
    late = [question.ask for question in pack.guides[GUIDE].questions if hasattr(question, "ask")]
    assert late[0] == "credit.is_listed" and late[1:] == yearly
