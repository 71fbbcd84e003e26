"""Policy of an individual business's return to the normal state."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "individual-normal-status"
SHOP = {"registered.subject.kind": "individual-business"}
PLAIN = ["individual-normal-status-application", "trustworthiness-commitment", "operator-identity"]
FILED = [{"year": 2024, "filed": True, "filed_on": "2026-05-06"}]


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"credit.listed_for": ["unreported"], "credit.missed_years": FILED}, ["filed-reports"]),
        ({"credit.listed_for": ["false-information"], "credit.corrected": True}, ["corrected-report"]),
        ({"credit.listed_for": ["address"], "credit.address_remedy": "changed"}, ["new-licence"]),
        ({"credit.listed_for": ["address"], "credit.address_remedy": "reachable"}, ["place-papers"]),
    ],
)
def test_each_reason_has_its_proof(pack: Pack, answers: dict[str, Any], more: list[str]):
    assert materials(walked(pack, GUIDE, {**SHOP, **answers, "applicant.is_agent": False})) == [*PLAIN, *more]


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        (
            {"credit.listed_for": ["unreported"], "credit.missed_years": [{"year": 2024, "filed": False}]},
            "individual-business-annual-report",
        ),
        ({"credit.listed_for": ["false-information"], "credit.corrected": False}, "annual-report-correction"),
        ({"credit.listed_for": ["address"], "credit.address_remedy": "open"}, "individual-business-change"),
        ({"credit.listed_for": []}, None),
    ],
)
def test_what_is_not_mended_comes_first(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**SHOP, **answers})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize("kind", ["company", "farmers-cooperative", "branch"])
def test_others_are_listed_and_not_marked(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "credit.listed_for": ["unreported"]})
    assert done.exit and done.exit.refer == "abnormal-removal-unreported"
