"""Policy of an individual business's deregistration: simplified without publication, or after clearing taxes."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = "individual-business-deregistration"
SHOP = {"registered.subject.kind": "individual-business", "individual.closing_reason": "stopped"}
SIMPLE = {"deregistration.procedure": "simplified"}
CLEARED = {"deregistration.procedure": "ordinary", "deregistration.open_matters": []}
SELF = {"licence.papers": "paper", "applicant.is_agent": False}


def test_simplified_needs_the_application_and_the_licence_only(pack: Pack):
    done = walked(pack, GUIDE, {**SHOP, **SIMPLE, **SELF})
    assert materials(done) == ["individual-deregistration-application", "business-licence"]
    assert done.outcome and [limit.days for limit in done.outcome.time_limits] == [10]


def test_ordinary_needs_the_tax_clearance(pack: Pack):
    done = walked(pack, GUIDE, {**SHOP, **CLEARED, **SELF})
    assert materials(done) == ["individual-deregistration-application", "tax-clearance", "business-licence"]
    assert done.outcome and [limit.working_days for limit in done.outcome.time_limits] == [3]


def test_taxes_first(pack: Pack):
    done = walked(pack, GUIDE, {**SHOP, "deregistration.procedure": "ordinary", "deregistration.open_matters": ["tax"]})
    assert done.exit and done.exit.refer is None


def test_becoming_an_enterprise_needs_no_deregistration(pack: Pack):
    done = walked(pack, GUIDE, {**SHOP, "individual.closing_reason": "upgraded"})
    assert done.exit and done.exit.refer == "individual-to-enterprise"


@pytest.mark.parametrize("kind", ["company", "partnership", "sole-proprietorship", "farmers-cooperative"])
def test_enterprises_look_at_the_simplified_procedure_first(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {**SHOP, "registered.subject.kind": kind})
    assert done.exit and done.exit.refer == "simplified-deregistration"


def test_an_old_shop_without_a_code_gives_its_number(pack: Pack):
    form = pack.forms["individual-deregistration-application"]
    data = sample_data(pack.facts, form)
    del data["subject.uscc"]
    known = Known(pack.facts, parse_answers(pack.facts, data))
    assert "subject.uscc" in {each.fact for each in problems_of(form, known)}
    known = Known(pack.facts, parse_answers(pack.facts, {**data, "individual.reg_no": "419914000000342"}))
    assert not problems_of(form, known)
