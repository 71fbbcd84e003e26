"""Policy of filing medical devices: class two alone files; makers at home and exempt devices don't."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "medical-device-filing"
COMPANY = {"registered.subject.kind": "company"}
TWO = {"food.filing_kind": "first", "device.class": "two", "device.own": False, "device.exempt": False}


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"food.filing_kind": "first", "device.class": "one"}, None),
        ({"food.filing_kind": "first", "device.class": "three"}, "medical-device-licence"),
        ({"food.filing_kind": "first", "device.class": "two", "device.own": True, "device.exempt": False}, None),
        ({**TWO, "device.exempt": True}, None),
    ],
)
def test_who_does_not_file(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("storage", "due"), [("own", "places"), ("shop", "places"), ("entrusted", "storage-agreement")]
)
def test_the_place_is_proved_or_entrusted(pack: Pack, storage: str, due: str):
    done = walked(pack, GUIDE, {**COMPANY, **TWO, "device.storage": storage, "applicant.is_agent": False})
    assert {"places", "storage-agreement"} & set(materials(done)) == {due}
