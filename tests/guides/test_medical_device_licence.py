"""Policy of the licence for class three devices: what it takes, and what is no matter of it."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE, FORM = "medical-device-licence", "medical-device-licence-application"
COMPANY = {"registered.subject.kind": "company"}
NEW = {
    "permit.action": "new", "device.class": "three", "device.own": False, "device.with_filing": False,
    "device.software": True, "device.storage": "own", "device.diagnostics": False, "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"permit.action": "new", "device.class": "one"}, None),
        ({"permit.action": "new", "device.class": "two"}, "medical-device-filing"),
        ({"permit.action": "new", "device.class": "three", "device.own": True}, None),
        ({"permit.action": "renew", "device.software": False}, None),
    ],
)
def test_who_gets_no_licence_here(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert done.exit and done.exit.refer == guide


def test_reagents_need_cold_and_who_knows_them(pack: Pack):
    plain = materials(walked(pack, GUIDE, {**COMPANY, **NEW}))
    more = materials(walked(pack, GUIDE, {**COMPANY, **NEW, "device.diagnostics": True}))
    assert "software" in plain and set(more) - set(plain) == {"diagnostics-staff"}


def test_the_form_insists_on_the_computer_system(pack: Pack):
    values = parse_answers(pack.facts, {"permit.action": "new", "device.software": False})
    said = problems_of(pack.forms[FORM], Known(pack.facts, values))
    assert any(each.fact == "device.software" and "计算机" in each.say for each in said)
