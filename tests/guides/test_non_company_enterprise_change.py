"""Policy of changes of an enterprise that is no company: its owner or competent department agrees first."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "non-company-enterprise-change"
ENTERPRISE = {"registered.subject.kind": "non-company-enterprise", "application.kind": ["change"]}
END = {"licence.papers": "electronic", "applicant.is_agent": False}
AGREED = {"sponsor-approval", "articles-amended"}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"non_company.changes": ["name"], "name.is_declared": True}, AGREED),
        ({"non_company.changes": ["capital"]}, AGREED | {"capital-basis"}),
        ({"non_company.changes": ["type"]}, AGREED | {"restructuring-plan"}),
        ({"non_company.changes": ["sponsors"], "non_company.sponsor_cause": "transfer"}, AGREED | {"transfer-paper"}),
        ({"non_company.changes": ["sponsors"], "non_company.sponsor_cause": "renamed"}, AGREED | {"renaming-proof"}),
        ({"non_company.changes": ["legal-representative"], "officers.disqualified": False},
         {"legal-representative-information", "appointment-document", "new-representative-identity", "real-name-confirmation"}),
    ],
)  # fmt: skip
def test_each_change_brings_its_own_papers(pack: Pack, answers: dict[str, Any], more: set[str]):
    due = set(materials(walked(pack, GUIDE, {**ENTERPRISE, **END, **answers})))
    assert due == {"non-company-enterprise-registration-application"} | more


@pytest.mark.parametrize(
    ("answers", "refer"),
    [
        ({"non_company.changes": ["legal-representative"], "officers.disqualified": True}, None),
        ({"non_company.changes": ["domicile"], "change.within_authority": False}, "migration"),
    ],
)
def test_what_cannot_be_registered_here_ends_the_walk(pack: Pack, answers: dict[str, Any], refer: str | None):
    done = walked(pack, GUIDE, {**ENTERPRISE, **answers})
    assert done.exit and done.exit.refer == refer
