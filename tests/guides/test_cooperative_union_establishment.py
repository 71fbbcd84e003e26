"""Policy of a union of cooperatives: three cooperatives at least, nobody else, each with its assembly's consent."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "cooperative-union-establishment"
REST = {
    "cooperative.has_board": True, "cooperative.supervision": "none", "cooperative.barred": False,
    "company.pre_approval": False, "domicile.right": "cluster", "applicant.is_agent": False,
}  # fmt: skip


def _members(*kinds: str) -> list[dict[str, Any]]:
    return [{"name": f"示范{n}专业合作社", "kind": kind, "contribution": 10} for n, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize(
    ("kinds", "guide"),
    [
        (["cooperative"] * 2, None),
        (["cooperative"] * 3 + ["enterprise"], "cooperative-establishment"),
        (["cooperative"] * 3 + ["farmer"], "cooperative-establishment"),
    ],
)
def test_three_cooperatives_and_nobody_else(pack: Pack, kinds: list[str], guide: str | None):
    done = walked(pack, GUIDE, {"name.is_declared": True, "cooperative.members": _members(*kinds)})
    assert done.exit and done.exit.refer == guide


def test_each_member_brings_licence_and_consent(pack: Pack):
    answers = {"name.is_declared": True, "cooperative.members": _members(*["cooperative"] * 3), **REST}
    done = walked(pack, GUIDE, answers)
    assert done.outcome
    names = {each.material.id: len(each.names) for each in done.outcome.materials if each.names}
    assert names == {"organisation-papers": 3, "joining-resolution": 3}
    assert "articles-cooperative" in materials(done)
