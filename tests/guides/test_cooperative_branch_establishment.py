"""Policy of a cooperative's branch: set up by a cooperative, with an appointed person in charge."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "cooperative-branch-establishment"


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("company", "company-branch-establishment"),
        ("partnership", "partnership-branch-establishment"),
        ("sole-proprietorship", "sole-proprietorship-branch-establishment"),
        ("non-company-enterprise", "non-company-branch-establishment"),
        ("individual-business", "individual-business-establishment"),
    ],
)
def test_other_enterprises_have_their_own_guide(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"parent.kind": kind})
    assert done.exit and done.exit.refer == guide


def test_what_a_branch_hands_in(pack: Pack):
    answers = {
        "parent.kind": "farmers-cooperative", "company.pre_approval": True, "domicile.right": "cluster",
        "applicant.is_agent": False,
    }  # fmt: skip
    due = materials(walked(pack, GUIDE, answers))
    assert due[:3] == ["cooperative-branch-registration-application", "branch-person-in-charge", "appointment-document"]
    assert "pre-approval" in due and not {"articles-cooperative", "cooperative-members-contribution"} & set(due)
