"""Policy of a branch's changes: the company applies, each item brings its papers, other parents go elsewhere."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "company-branch-change"
BRANCH = {"registered.subject.kind": "branch", "parent.kind": "company", "application.kind": ["change"]}
END = {"licence.papers": "electronic", "applicant.is_agent": False}
HERE = {"change.within_authority": True, "domicile.right": "cluster"}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"branch.changes": ["name"]}, {"parent-change-proof"}),
        ({"branch.changes": ["premises"], **HERE}, {"cluster-certificate"}),
        ({"branch.changes": ["person-in-charge"], "officers.disqualified": False},
         {"branch-person-in-charge", "appointment-document", "person-in-charge-identity", "real-name-confirmation"}),
        ({"branch.changes": ["scope"], "company.pre_approval": True}, {"parent-licence", "pre-approval"}),
    ],
)  # fmt: skip
def test_each_change_brings_its_own_papers(pack: Pack, answers: dict[str, Any], more: set[str]):
    due = set(materials(walked(pack, GUIDE, {**BRANCH, **END, **answers})))
    assert due == {"company-branch-registration-application"} | more


def test_the_contact_person_is_only_filed(pack: Pack):
    answers = {**BRANCH, "application.kind": ["filing"], "branch.changes": ["contact"], "applicant.is_agent": False}
    done = walked(pack, GUIDE, answers)
    assert materials(done) == ["company-branch-registration-application", "contact-person-information"]
    assert done.outcome and done.outcome.result == "备案通知书"


@pytest.mark.parametrize(
    "parent", ["partnership", "sole-proprietorship", "non-company-enterprise", "farmers-cooperative"]
)
def test_branches_of_others_use_another_application(pack: Pack, parent: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": "branch", "parent.kind": parent})
    assert done.state == "exit" and done.exit and "各自的分支机构登记（备案）申请书" in done.exit.say


@pytest.mark.parametrize(
    ("answers", "refer"),
    [
        ({"branch.changes": ["premises"], "change.within_authority": False}, "migration"),
        ({"branch.changes": ["person-in-charge"], "officers.disqualified": True}, None),
    ],
)
def test_what_cannot_be_registered_here_ends_the_walk(pack: Pack, answers: dict[str, Any], refer: str | None):
    done = walked(pack, GUIDE, {**BRANCH, **answers})
    assert done.exit and done.exit.refer == refer
