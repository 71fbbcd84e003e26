"""Policy of the yearly self-inspection of makers of licensed industrial products."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = FORM = "industrial-product-self-inspection"
COMPANY = {"registered.subject.kind": "company", "report.year": 2025}


@pytest.mark.parametrize("kept", [True, False])
def test_lost_conditions_are_mended(pack: Pack, kept: bool):
    answers = {
        "product_licence.held_a_year": True, "product_licence.conditions_kept": kept, "product_licence.changed": False,
    }  # fmt: skip
    due = materials(walked(pack, GUIDE, {**COMPANY, **answers}))
    assert due == [FORM, "product-licence", "inspection-reports", *([] if kept else ["rectification"])]


def test_in_the_first_year_nothing_is_due(pack: Pack):
    assert walked(pack, GUIDE, {**COMPANY, "product_licence.held_a_year": False}).state == "exit"


@pytest.mark.parametrize("kind", ["individual-business", "branch", "farmers-cooperative"])
def test_the_licence_is_an_enterprises(pack: Pack, kind: str):
    assert walked(pack, GUIDE, {"registered.subject.kind": kind, "report.year": 2025}).state == "exit"
