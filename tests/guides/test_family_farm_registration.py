"""Policy of family farms: what they may be registered as, and that they need not be."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "family-farm-registration"
FARM = {
    "farm.is_family": True, "farm.form": "individual-business", "farm.leases": False, "operator.id_kind": "resident",
    "operator.barriers": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"farm.is_family": False}, "cooperative-establishment"),
        ({"farm.is_family": True, "farm.form": "sole-proprietorship"}, "sole-proprietorship-establishment"),
        ({"farm.is_family": True, "farm.form": "company"}, "limited-company-establishment"),
        ({"farm.is_family": True, "farm.form": "none"}, None),
        ({**FARM, "operator.barriers": ["public-servant"]}, None),
    ],
)
def test_other_forms_and_none(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(("leases", "contract"), [(False, False), (True, True)])
def test_leased_land_has_a_contract(pack: Pack, leases: bool, contract: bool):
    answers = {
        **FARM, "farm.leases": leases, "individual.composition": "personal", "name.is_declared": True,
        "domicile.right": "cluster", "applicant.is_agent": False,
    }  # fmt: skip
    assert ("land-contract" in materials(walked(pack, GUIDE, answers))) == contract
