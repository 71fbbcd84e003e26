"""Policy of a change of business scope: approvals before registration, each kind of subject its own guide."""

import pytest

from hall.content.models import Pack
from hall.journey.prefill import changed_facts
from tests.guides.walks import materials, walked

GUIDE = "business-scope-change"
END = {"articles.amends_more": False, "licence.papers": "electronic", "applicant.is_agent": False}
ALWAYS = ["company-registration-application", "shareholders-resolution", "articles-amendment"]


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("partnership", "partnership-change"),
        ("sole-proprietorship", "sole-proprietorship-change"),
        ("individual-business", "individual-business-change"),
        ("farmers-cooperative", "cooperative-change"),
        ("branch", "company-branch-change"),
        ("non-company-enterprise", "non-company-enterprise-change"),
    ],
)
def test_other_kinds_of_subject_have_their_own_guide(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "company.pre_approval": False})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(("approval", "more"), [(True, {"pre-approval"}), (False, set())])
def test_what_must_be_approved_first_comes_with_its_approval(pack: Pack, approval: bool, more: set[str]):
    answers = {"registered.subject.kind": "company", "company.type": "joint-stock", "scope.permit_ended": False}
    due = materials(walked(pack, GUIDE, {**answers, "company.pre_approval": approval, **END}))
    assert set(due) - set(ALWAYS) == more and set(ALWAYS) <= set(due)


def test_only_the_scope_is_asked_anew(pack: Pack):
    assert changed_facts(pack, pack.guides[GUIDE]) == {"company.scope"}
