"""Policy of the annual report of foreign enterprises' representative offices."""

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = FORM = "representative-office-annual-report"
PLAIN = {"report.year": 2025, "representative.enterprise_state": "going"}


@pytest.mark.parametrize("approval", [True, False])
@pytest.mark.parametrize("profit", [True, False])
def test_the_audit_always_the_approval_where_there_is_one(pack: Pack, approval: bool, profit: bool):
    answers = {**PLAIN, "representative.needs_approval": approval, "representative.profitable": profit}
    done = walked(pack, GUIDE, answers)
    more = ["approval-copy"] if approval else []
    assert materials(done) == [FORM, "audit-report", "office-certificate", "existence-proof", *more]
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert ("representative.income" in asked) == profit
    assert ("representative.approval_valid" in asked) == approval


def test_where_the_enterprise_has_ended_the_office_is_closed(pack: Pack):
    done = walked(pack, GUIDE, {**PLAIN, "representative.enterprise_state": "ended"})
    assert done.exit and done.exit.refer == "representative-office-deregistration"


def test_it_begins_in_march(pack: Pack):
    limit = pack.guides[GUIDE].time_limit[0]
    assert limit.until == "06-30" and "3 月 1 日" in (limit.note or "")
