"""Policy of changes of a representative office: what is registered, what is filed, and what each brings."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE, FORM = "representative-office-change", "representative-office-registration-application"
END = {"representative.needs_approval": False, "applicant.is_agent": False}


@pytest.mark.parametrize(
    ("items", "answers", "due", "asked"),
    [
        (
            ["chief"],
            {"representative.barred": False},
            ["appointment-document", "representatives-papers"],
            "representatives",
        ),
        (["premises"], {"representative.moves_away": "same"}, ["premises-proof", "decision"], "domicile.address"),
        (["term"], {}, ["existence-proof", "decision"], "representative.until"),
        (["enterprise-name"], {}, ["enterprise-change-proof"], "representative.before"),
        (["capital"], {}, ["filing-proof"], "foreign_enterprise.capital"),
    ],
)
def test_each_item_has_its_proof(pack: Pack, items: list[str], answers: dict[str, Any], due: list[str], asked: str):
    done = walked(pack, GUIDE, {"representative.items": items, **answers, **END})
    assert materials(done) == [FORM, "registration-certificate", *due]
    blanks = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert asked in blanks
    assert not blanks & {"representative.closing_reason", "foreign_enterprise.founded"}


@pytest.mark.parametrize(
    "answers",
    [
        {"representative.items": ["premises"], "representative.moves_away": "other"},
        {"representative.items": ["representatives"], "representative.barred": True},
    ],
)
def test_what_stops_it(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).exit
