"""Policy of filing food trade online: platforms and own sites file, shops on platforms don't."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "online-food-filing"
COMPANY = {"registered.subject.kind": "company"}


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"online.role": "shop", "food.has_permit": True}, None),
        ({"online.role": "social", "food.has_permit": True}, None),
        ({"online.role": "site", "food.has_permit": False}, "food-business-licence"),
    ],
)
def test_who_does_not_file(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("answers", "office", "own"),
    [
        ({"online.role": "platform"}, "provincial-authority", "platform-rules"),
        ({"online.role": "site", "food.has_permit": True}, "county-authority", "food-permit"),
    ],
)
def test_platforms_file_with_the_province(pack: Pack, answers: dict[str, Any], office: str, own: str):
    done = walked(pack, GUIDE, {**COMPANY, **answers, "food.filing_kind": "first", "applicant.is_agent": False})
    assert own in materials(done)
    assert done.outcome and done.outcome.office and done.outcome.office.office == office
