"""Policy of the combined report of foreign-invested enterprises."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of
from hall.journey.known import Known
from hall.journey.publicity import optional_facts, public_data
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = FORM = "foreign-invested-annual-report"
PLAIN = {
    "report.year": 2025, "subject.operating_status": "open", "report.has_transfers": False,
    "report.has_investments": False, "report.has_websites": False, "report.has_guarantees": False,
    "report.has_insured": False, "foreign.sector": "open",
}  # fmt: skip
COMPANY = {
    "registered.subject.kind": "company",
    "registered.shareholders": [{"name": "Alder Ltd", "kind": "foreign"}],
}


@pytest.mark.parametrize("trades", [True, False])
def test_the_enterprises_report_and_the_investors_together(pack: Pack, trades: bool):
    done = walked(pack, GUIDE, {**COMPANY, **PLAIN, "foreign_report.trades": trades})
    assert materials(done) == [FORM]
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert {"contributions", "foreign_investors", "finance.total_assets"} <= asked
    assert ("foreign_report.exports" in asked) == trades


def test_without_a_foreign_shareholder_it_is_the_ordinary_report(pack: Pack):
    rows = [{"name": "李文静", "kind": "person"}]
    done = walked(pack, GUIDE, {**COMPANY, "registered.shareholders": rows, "report.year": 2025})
    assert done.exit and done.exit.refer == "enterprise-annual-report"


def test_what_is_reported_for_the_commerce_authorities_is_never_public(pack: Pack):
    form = pack.forms[FORM]
    known = Known(pack.facts, parse_answers(pack.facts, sample_data(pack.facts, form)))
    mine = {"foreign_investors", "foreign.sector"} | {fact for fact in pack.facts if fact.startswith("foreign_report.")}
    assert not mine & set(optional_facts(form))
    assert not mine & public_data(form, known, [*optional_facts(form), *mine]).keys()
