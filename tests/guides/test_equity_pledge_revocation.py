"""Policy of annulling a pledge: only with a final judgment, and then one party suffices."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE, FORM = "equity-pledge-revocation", "equity-pledge-revocation-application"
COMPANY = {"registered.subject.kind": "company"}


@pytest.mark.parametrize(("dispute", "guide"), [("pending", None), ("ended", "equity-pledge-cancellation")])
def test_without_a_judgment_there_is_nothing_to_annul(pack: Pack, dispute: str, guide: str | None):
    done = walked(pack, GUIDE, {**COMPANY, "pledge.dispute": dispute})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize("void", ["invalid", "cancelled"])
@pytest.mark.parametrize("party", ["pledgor", "pledgee"])
def test_either_party_applies_with_the_judgment(pack: Pack, void: str, party: str):
    answers = {
        **COMPANY,
        "pledge.dispute": "judged",
        "pledge.void": void,
        "pledge.revoked_by": party,
        "applicant.is_agent": False,
    }
    assert materials(walked(pack, GUIDE, answers)) == [FORM, "judgment", "applicant-identity"]
