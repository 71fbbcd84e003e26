"""Policy of ending a pledge: both apply, for one of the law's reasons."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE, FORM = "equity-pledge-cancellation", "equity-pledge-cancellation-application"
COMPANY = {"registered.subject.kind": "company"}


@pytest.mark.parametrize(
    ("end", "due", "then"),
    [
        ("settled", [], []),
        ("realised", ["realisation-proof"], ["shareholder-change"]),
        ("waived", ["waiver"], []),
        ("other", [], []),
    ],
)
def test_each_reason_has_its_proof(pack: Pack, end: str, due: list[str], then: list[str]):
    answers = {**COMPANY, "pledge.end": end, "pledge.both_apply": True, "applicant.is_agent": False}
    done = walked(pack, GUIDE, answers)
    assert materials(done) == [FORM, *due]
    assert done.outcome and [each.guide for each in done.outcome.then] == then


def test_one_party_alone_needs_a_judgment(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "pledge.end": "settled", "pledge.both_apply": False})
    assert done.exit and "起诉" in done.exit.say
