"""Policy of reporting who trades online: the platform reports its shops, they don't."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = FORM = "online-trader-filing"
FIRST = {"online.report_kind": "first", "online.live": False, "online.licensed_goods": False}


def test_a_shop_on_a_platform_is_reported_by_the_platform(pack: Pack):
    done = walked(pack, GUIDE, {"online.role": "shop"})
    assert done.exit and "公示营业执照" in done.exit.say


@pytest.mark.parametrize(
    ("answers", "due", "office"),
    [
        ({"online.role": "platform", **FIRST}, [FORM, "operators-list"], "provincial-authority"),
        ({"online.role": "site", **FIRST}, [FORM, "home-page"], "registration-authority"),
        ({"online.role": "social", "online.report_kind": "stop"}, [FORM, "stop-notice"], "registration-authority"),
    ],
)
def test_what_is_reported_and_to_whom(pack: Pack, answers: dict[str, Any], due: list[str], office: str):
    done = walked(pack, GUIDE, answers)
    assert materials(done) == due
    assert done.outcome and done.outcome.office and done.outcome.office.office == office


@pytest.mark.parametrize("platform", [True, False])
def test_a_platform_counts_its_shops_and_others_list_their_own(pack: Pack, platform: bool):
    done = walked(pack, GUIDE, {"online.role": "platform" if platform else "site", **FIRST})
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert ({"online.operators", "online.platform_name"} <= asked) is platform
    assert ("websites" in asked) is not platform


def test_not_more_unregistered_shops_than_shops(pack: Pack):
    raw = {**sample_data(pack.facts, pack.forms[FORM]), "online.operators": 3, "online.unregistered": 4}
    said = problems_of(pack.forms[FORM], Known(pack.facts, parse_answers(pack.facts, raw)))
    assert [each.fact for each in said] == ["online.unregistered"]
