"""Policy of having a false registration revoked: who was used without asking, and proves to be who they are."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "registration-revocation"
COMPANY = {"registered.subject.kind": "company"}
PERSON = {"revocation.applicant": "person", "revocation.lent": False, "revocation.verified": True}
END = {"revocation.evidence": [], "applicant.is_agent": False}
OPEN = {"revocation.matter": "change", "revocation.deregistered": False}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({**PERSON, **OPEN}, {"real-name-confirmation", "applicant-identity"}),
        ({**PERSON, **OPEN, "revocation.evidence": ["lost", "handwriting"]},
         {"real-name-confirmation", "applicant-identity", "loss-proof", "handwriting-opinion"}),
        ({"revocation.applicant": "organisation", "revocation.lent": False, **OPEN}, {"organisation-licence"}),
        ({"revocation.applicant": "owner", "revocation.matter": "cancellation"}, {"organisation-licence"}),
    ],
)  # fmt: skip
def test_persons_prove_themselves_and_organisations_show_papers(pack: Pack, answers: dict[str, Any], more: set[str]):
    due = set(materials(walked(pack, GUIDE, {**COMPANY, **END, **answers})))
    assert due == {"registration-revocation-application"} | more


@pytest.mark.parametrize(
    "answers",
    [
        {"revocation.applicant": "person", "revocation.lent": True},
        {"revocation.applicant": "organisation", "revocation.lent": True},
        {**PERSON, "revocation.verified": False},
        {**PERSON, "revocation.matter": "filing", "revocation.deregistered": True},
    ],
)
def test_what_the_authority_does_not_accept_is_said_at_once(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, {**COMPANY, **answers}).state == "exit"
