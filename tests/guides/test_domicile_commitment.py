"""Policy of the place of business: which place suits which business, what proves it, when a commitment may do."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "domicile-commitment"
FLAT = {"domicile.right": "own", "domicile.is_dwelling": True}
UNTITLED = {
    "domicile.activity": "shop", "domicile.right": "rented", "domicile.is_dwelling": False,
    "domicile.proof": "documents", "domicile.title": "no-certificate",
}  # fmt: skip


@pytest.mark.parametrize(
    ("activity", "place", "suits"),
    [
        ("office", {"domicile.right": "cluster"}, True),
        ("shop", {"domicile.right": "cluster"}, False),
        ("catering", {"domicile.right": "cluster"}, False),
        ("catering", FLAT, False),
        ("making", FLAT, False),
        ("dangerous", FLAT, False),
        ("office", FLAT, True),
        ("shop", FLAT, True),
        ("catering", {**FLAT, "domicile.is_dwelling": False}, True),
    ],
)
def test_a_flat_or_a_hosted_address_does_not_suit_every_business(
    pack: Pack, activity: str, place: dict[str, Any], suits: bool
):
    assert (walked(pack, GUIDE, {"domicile.activity": activity, **place}).state != "exit") is suits


def test_a_flat_needs_the_neighbours_whatever_else_proves_it(pack: Pack):
    for proof in ({"domicile.proof": "declaration"}, {"domicile.proof": "documents", "domicile.title": "certificate"}):
        assert "neighbours-consent" in materials(walked(pack, GUIDE, {"domicile.activity": "office", **FLAT, **proof}))


@pytest.mark.parametrize(
    ("wanted", "barred", "due"), [(True, False, True), (True, True, False), (False, None, False)]
)  # fmt: skip
def test_a_commitment_replaces_a_missing_proof_of_who_can_be_trusted(
    pack: Pack, wanted: bool, barred: bool | None, due: bool
):
    answers = {**UNTITLED, "notification.wanted": wanted}
    answers |= {} if barred is None else {"notification.barred": barred}
    assert ("notification-commitment" in materials(walked(pack, GUIDE, answers))) is due
