"""Policy of deregistering by a court's ruling."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "bankruptcy-deregistration"
COMPANY = {"registered.subject.kind": "company"}
REST = {"licence.papers": "electronic", "applicant.is_agent": False}


@pytest.mark.parametrize(
    ("reason", "papers"),
    [
        ("bankrupt", ["court-ruling", "administrator-appointment"]),
        ("ordered", ["court-ruling-compulsory", "group-appointment"]),
    ],
)
def test_the_ruling_and_the_appointment_replace_the_liquidations_papers(pack: Pack, reason: str, papers: list[str]):
    answers = {"deregistration.court_ended": True, "deregistration.reason": reason, **REST}
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert materials(done) == ["enterprise-deregistration-application", *papers]


def test_only_a_ruling_that_ends_the_procedure_counts(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "deregistration.court_ended": False})
    assert done.exit and done.exit.refer is None


def test_the_application_asks_for_the_ruling_and_for_no_notice(pack: Pack):
    known = Known(pack.facts, parse_answers(pack.facts, {
        "deregistration.procedure": "ordinary", "deregistration.by_court": True, "subject.kind": "company",
    }))  # fmt: skip
    asked = {blank.fact for blank in fields_of(pack.forms["enterprise-deregistration-application"], known)}
    assert "deregistration.ruling" in asked
    assert not asked & {"deregistration.announced_by", "deregistration.tax", "deregistration.debts"}


@pytest.mark.parametrize(
    ("kind", "guide"),
    [("individual-business", "individual-business-deregistration"), ("branch", "branch-deregistration")],
)
def test_who_cannot_go_bankrupt(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "deregistration.court_ended": True})
    assert done.exit and done.exit.refer == guide
