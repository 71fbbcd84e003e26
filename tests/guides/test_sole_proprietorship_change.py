"""Policy of a sole proprietorship's changes: one natural person stays its investor."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "sole-proprietorship-change"
SOLE = {"registered.subject.kind": "sole-proprietorship", "application.kind": ["change"]}
END = {"licence.papers": "electronic", "applicant.is_agent": False}
NEW = {"sole.changes": ["investor"], "sole.handover": "transfer"}
INVESTOR = {"sole-proprietor-information", "investor-identity", "real-name-confirmation"}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"sole.changes": ["name"], "name.is_declared": True}, set()),
        ({"sole.changes": ["residence"]}, {"sole-proprietor-information"}),
        ({"sole.changes": ["capital"], "sole.property": "family"}, {"family-consent"}),
        ({**NEW, "investor.kind": "person", "investor.barred": False, "sole.property": "personal"},
         INVESTOR | {"handover-agreement"}),
        ({**NEW, "sole.handover": "inherited", "investor.kind": "person", "investor.barred": False,
          "sole.property": "personal"}, INVESTOR | {"succession-proof"}),
    ],
)  # fmt: skip
def test_each_change_brings_its_own_papers(pack: Pack, answers: dict[str, Any], more: set[str]):
    due = set(materials(walked(pack, GUIDE, {**SOLE, **END, **answers})))
    assert due == {"sole-proprietorship-registration-application"} | more


@pytest.mark.parametrize(
    ("answers", "refer"),
    [
        ({**NEW, "investor.kind": "several"}, "limited-company-establishment"),
        ({**NEW, "investor.kind": "organisation"}, "limited-company-establishment"),
        ({**NEW, "investor.kind": "foreign"}, "foreign-invested-company-establishment"),
        ({**NEW, "investor.kind": "person", "investor.barred": True}, None),
        ({"sole.changes": ["domicile"], "change.within_authority": False}, "migration"),
        ({"sole.changes": ["name"], "name.is_declared": False}, "name-declaration"),
    ],
)
def test_who_cannot_be_its_investor_goes_elsewhere(pack: Pack, answers: dict[str, Any], refer: str | None):
    done = walked(pack, GUIDE, {**SOLE, **answers})
    assert done.exit and done.exit.refer == refer
