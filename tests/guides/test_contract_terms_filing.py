"""Policy of filing standard terms: unfair ones are mended first, consumers report them."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "contract-terms-filing"
FILE = {
    "contract.wants": "file", "contract.industry": "fitness", "contract.based_on_model": False,
    "contract.prepaid": True, "contract.unfair": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "guide"),
    [({"contract.wants": "complain"}, "violation-report"), ({"contract.wants": "model"}, None)],
)
def test_consumers_and_seekers_of_a_model_go_elsewhere(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize("term", ["exempt", "burden", "rights", "change"])
def test_unfair_terms_are_not_filed(pack: Pack, term: str):
    assert walked(pack, GUIDE, {**FILE, "contract.unfair": [term]}).exit


@pytest.mark.parametrize(("model", "more"), [(True, ["model-changes"]), (False, [])])
def test_what_is_handed_in(pack: Pack, model: bool, more: list[str]):
    done = walked(pack, GUIDE, {**FILE, "contract.based_on_model": model})
    assert materials(done) == ["contract-terms-filing", "contract-text", *more, "business-licence"]
