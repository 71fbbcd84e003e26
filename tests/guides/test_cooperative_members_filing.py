"""Policy of filing a cooperative's members: all of them, by the year's end; too few can't be filed."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "cooperative-members-filing"
COOPERATIVE = {"registered.subject.kind": "farmers-cooperative"}
START = {"cooperative.kind": "cooperative", "cooperative.capital_changes": False, "cooperative.members_ok": True}
UNION = {"cooperative.kind": "union", "cooperative.capital_changes": False}


def _members(*kinds: str) -> list[dict[str, Any]]:
    return [{"name": f"成员{n}", "kind": kind, "contribution": 10} for n, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"registered.subject.kind": "company", "cooperative.kind": "cooperative"}, "shareholder-change"),
        ({"registered.subject.kind": "branch", "cooperative.kind": "cooperative"}, None),
        ({"cooperative.kind": "cooperative", "cooperative.capital_changes": True}, "cooperative-change"),
        ({**START, "cooperative.members": _members(*["farmer"] * 4)}, None),
        ({**UNION, "cooperative.members": _members(*["cooperative"] * 2)}, None),
        ({**UNION, "cooperative.members": _members(*["cooperative"] * 3, "farmer")}, None),
    ],
)
def test_what_cannot_be_filed(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**COOPERATIVE, **answers})
    assert done.exit and done.exit.refer == guide


def test_members_are_filed_without_a_new_licence(pack: Pack):
    answers = {**START, "cooperative.members": _members(*["farmer"] * 5), "applicant.is_agent": False}
    due = materials(walked(pack, GUIDE, {**COOPERATIVE, **answers}))
    assert due == ["cooperative-registration-application", "cooperative-members-contribution", "new-farmer-proof"]
