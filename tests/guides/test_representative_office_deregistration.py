"""Policy of closing a foreign enterprise's representative office."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "representative-office-deregistration"
SELF = {"representative.open_matters": [], "applicant.is_agent": False}


@pytest.mark.parametrize(
    ("reason", "paper"),
    [
        ("withdrawn", "enterprise-decision"),
        ("term-over", "enterprise-decision"),
        ("enterprise-ended", "enterprise-end"),
        ("ordered", "approval-withdrawn"),
    ],
)
def test_the_reason_is_proved(pack: Pack, reason: str, paper: str):
    due = materials(walked(pack, GUIDE, {"representative.closing_reason": reason, **SELF}))
    proofs = {"enterprise-decision", "enterprise-end", "approval-withdrawn"} & set(due)
    assert proofs == {paper} and {"tax-deregistration", "customs-exchange-proof", "registration-certificate"} <= set(
        due
    )


@pytest.mark.parametrize("matter", ["tax", "customs", "exchange"])
def test_open_matters_come_first(pack: Pack, matter: str):
    answers = {"representative.closing_reason": "withdrawn", "representative.open_matters": [matter]}
    assert walked(pack, GUIDE, answers).state == "exit"
