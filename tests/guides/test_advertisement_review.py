"""Policy of reviewing advertisements: what needs it, what may not be advertised, who applies."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "advertisement-review"
HEALTH = {
    "ad.scope": "reviewed",
    "ad.product": "health-food", "ad.name_only": False, "ad.media": ["online"], "ad.applicant": "holder",
    "ad.imported": False, "ad.uses_ip": False, "applicant.is_agent": False,
}  # fmt: skip
PLAIN = ["advertisement-review-application", "ad-sample", "business-licence", "product-certificate"]


@pytest.mark.parametrize(
    "answers",
    [
        {"ad.scope": "forbidden"},
        {"ad.scope": "other"},
        {"ad.scope": "reviewed", "ad.product": "otc", "ad.name_only": True},
        {
            "ad.scope": "reviewed",
            "ad.product": "prescription",
            "ad.name_only": False,
            "ad.media": ["medical-journal", "online"],
        },
        {
            "ad.scope": "reviewed",
            "ad.product": "medical-food",
            "ad.name_only": False,
            "ad.full_nutrition": True,
            "ad.media": ["broadcast"],
        },
        {
            "ad.scope": "reviewed",
            "ad.product": "device",
            "ad.name_only": False,
            "ad.media": ["print"],
            "ad.applicant": "other",
        },
    ],
)
def test_what_is_not_reviewed(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).exit


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, ["production-licence"]),
        ({"ad.imported": True}, []),
        ({"ad.uses_ip": True}, ["production-licence", "ip-proof"]),
        ({"ad.applicant": "authorised"}, ["production-licence", "holder-authorisation"]),
        ({"ad.product": "prescription", "ad.media": ["medical-journal"]}, ["production-licence"]),
        (
            {"ad.product": "medical-food", "ad.full_nutrition": True, "ad.media": ["medical-journal"]},
            ["production-licence"],
        ),
        ({"ad.product": "medical-food", "ad.full_nutrition": False}, ["production-licence"]),
    ],
)
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], more: list[str]):
    done = walked(pack, GUIDE, {**HEALTH, **changes})
    assert materials(done) == PLAIN + more
    assert done.outcome and [each.working_days for each in done.outcome.time_limits] == [10]


@pytest.mark.parametrize(
    ("product", "words"),
    [("health-food", "不能代替药物"), ("otc", "请按药品说明书"), ("device", "请仔细阅读产品说明书")],
)
def test_each_product_has_its_own_warning(pack: Pack, product: str, words: str):
    done = walked(pack, GUIDE, {**HEALTH, "ad.product": product})
    assert done.outcome and words in "".join(notice.say for notice in done.outcome.notices)
