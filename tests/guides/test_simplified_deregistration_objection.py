"""Policy of objecting to a simplified deregistration."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "simplified-deregistration-objection"
COMPANY = {"registered.subject.kind": "company", "objection.in_time": True, "objection.grounds": ["debts"]}


@pytest.mark.parametrize(
    ("standing", "kind", "evidence"),
    [
        ("creditor", "organisation", "claim-evidence"),
        ("employee", "person", "employment-evidence"),
        ("investor", "person", "investor-evidence"),
        ("department", "organisation", "other-evidence"),
        ("other", "person", "other-evidence"),
    ],
)
def test_the_evidence_follows_from_who_objects(pack: Pack, standing: str, kind: str, evidence: str):
    answers = {"objection.standing": standing, "objector.kind": kind}
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert materials(done) == ["simplified-deregistration-objection", "objector-identity", evidence]


@pytest.mark.parametrize(
    ("kind", "guide"), [("company", None), ("individual-business", "individual-business-deregistration")]
)
def test_too_late_or_not_published_at_all(pack: Pack, kind: str, guide: str | None):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "objection.in_time": False})
    assert done.exit and done.exit.refer == guide
