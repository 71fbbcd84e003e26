"""Policy of a partnership's changes: who decides, what each item brings, what only needs filing."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "partnership-change"
FIRM = [{"name": "示范投资有限公司", "kind": "organisation", "delegate": "周安平"}]
PERSON = [{"name": "李文静", "kind": "person"}]


def due(pack: Pack, kinds: list[str], changes: list[str], more: dict[str, Any]) -> set[str]:
    """What is due beside the application, for changes of a partnership without paper licence or agent."""
    answers: dict[str, Any] = {
        "registered.subject.kind": "partnership", "application.kind": kinds, "partnership.changes": changes,
        "applicant.is_agent": False, **({"licence.papers": "electronic"} if "change" in kinds else {}), **more,
    }  # fmt: skip
    given = set(materials(walked(pack, GUIDE, answers)))
    assert "partnership-registration-application" in given
    return given - {"partnership-registration-application"}


DECIDED = {"partners-decision", "agreement-amendment"}
EXECUTIVE = {"executive-partner-delegate", "executive-identity"}
HERE = {"change.within_authority": True, "domicile.right": "cluster"}


@pytest.mark.parametrize(
    ("changes", "answers", "more"),
    [
        (["name"], {"name.is_declared": True}, DECIDED),
        (["premises"], HERE, DECIDED | {"cluster-certificate"}),
        (["executive"], {"executives": PERSON}, DECIDED | EXECUTIVE),
        (["executive"], {"executives": FIRM}, DECIDED | EXECUTIVE | {"delegate-appointment"}),
        (["delegate"], {"executives": FIRM}, EXECUTIVE | {"delegate-appointment"}),
        (["partners"], {"partner.events": ["expulsion"]}, DECIDED | {"partners-contribution", "expulsion-paper"}),
        (["capital"], {}, DECIDED | {"partners-contribution"}),
        (["scope"], {"company.pre_approval": True}, DECIDED | {"pre-approval"}),
    ],
)
def test_each_change_brings_its_own_papers(pack: Pack, changes: list[str], answers: dict[str, Any], more: set[str]):
    assert due(pack, ["change"], changes, answers) == more


@pytest.mark.parametrize(
    ("changes", "more"), [(["contact"], {"contact-person-information"}), (["agreement"], DECIDED), (["term"], DECIDED)]
)
def test_filings_need_no_licence_back(pack: Pack, changes: list[str], more: set[str]):
    assert due(pack, ["filing"], changes, {}) == more


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"partnership.changes": ["premises"], "change.within_authority": False}, "migration"),
        ({"partnership.changes": ["name"], "name.is_declared": False}, "name-declaration"),
    ],
)
def test_what_is_done_elsewhere_leads_there(pack: Pack, answers: dict[str, Any], guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": "partnership", "application.kind": ["change"], **answers})
    assert done.exit and done.exit.refer == guide
