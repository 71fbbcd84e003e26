"""Policy of the signpost for trademarks: who decides, and within which terms."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "trademark-guidance"


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        ({"trademark.wants": "renew", "trademark.expired": "within-year"}, "outcome"),
        ({"trademark.wants": "renew", "trademark.expired": "grace"}, "outcome"),
        ({"trademark.wants": "renew", "trademark.expired": "over"}, "exit"),
        ({"trademark.wants": "renew", "trademark.expired": "early"}, "exit"),
        ({"trademark.wants": "oppose", "trademark.opposition": "published"}, "outcome"),
        ({"trademark.wants": "oppose", "trademark.opposition": "registered"}, "outcome"),
        ({"trademark.wants": "oppose", "trademark.opposition": "other"}, "exit"),
    ],
)
def test_terms(pack: Pack, answers: dict[str, Any], ends: str):
    assert walked(pack, GUIDE, answers).state == ends


@pytest.mark.parametrize(
    ("owner", "proof"), [("subject", "owner-identity"), ("person", "person-identity"), ("foreign", "agency")]
)
def test_who_registers_proves_who_they_are(pack: Pack, owner: str, proof: str):
    done = walked(pack, GUIDE, {"trademark.wants": "register", "trademark.owner": owner})
    assert materials(done) == ["trademark-image", "goods-list", proof]


@pytest.mark.parametrize(("wants", "office"), [("infringed", "county-authority"), ("unused", "trademark-office")])
def test_only_infringements_are_ours(pack: Pack, wants: str, office: str):
    done = walked(pack, GUIDE, {"trademark.wants": wants})
    assert done.outcome and done.outcome.office and done.outcome.office.office == office
