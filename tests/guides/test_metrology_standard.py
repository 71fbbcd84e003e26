"""Policy of measurement standards: the highest ones are examined, after a trial, by the level they belong to."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "metrology-standard"


@pytest.mark.parametrize(
    "answers",
    [
        {"standard.internal": True},
        {"standard.internal": False, "standard.kind": "unit", "standard.action": "new", "standard.stable": False},
    ],
)
def test_what_is_not_examined(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).state == "exit"


@pytest.mark.parametrize(("kind", "office"), [("public", "provincial-authority"), ("unit", "prefecture-authority")])
def test_who_examines(pack: Pack, kind: str, office: str):
    done = walked(
        pack,
        GUIDE,
        {"standard.internal": False, "standard.kind": kind, "standard.action": "review", "applicant.is_agent": False},
    )
    assert done.outcome and done.outcome.office and done.outcome.office.office == office
    assert "technical-report" in materials(done) and "old-certificate" in materials(done)


def test_a_replacement_is_only_told(pack: Pack):
    done = walked(
        pack,
        GUIDE,
        {
            "standard.internal": False,
            "standard.kind": "unit",
            "standard.action": "replace",
            "applicant.is_agent": False,
        },
    )
    assert materials(done) == ["metrology-standard-application", "old-certificate", "change-statement"]
