"""Policy of a company's change of name: the name is declared first, and nobody borrows one without leave."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.prefill import changed_facts
from tests.guides.walks import materials, walked

GUIDE = "company-name-change"
COMPANY = {"registered.subject.kind": "company", "company.type": "joint-stock"}
END = {
    "change.needs_approval": False, "articles.amends_more": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
ALWAYS = ["company-registration-application", "shareholders-resolution", "articles-amendment"]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ({"name.is_declared": True}, []),
        ({"name.borrows": "none"}, ["name-declaration-commitment"]),
        ({"name.borrows": "invested"}, ["name-declaration-commitment", "name-use-authorisation", "owner-licence"]),
        ({"name.borrows": "authorised"}, ["name-declaration-commitment", "name-use-authorisation", "owner-licence"]),
    ],
)
def test_a_name_not_yet_declared_brings_its_commitment(pack: Pack, name: dict[str, Any], more: list[str]):
    declared = {} if "name.is_declared" in name else {"name.is_declared": False, "name.forbidden": False}
    due = materials(walked(pack, GUIDE, {**COMPANY, **declared, **name, **END}))
    assert [each for each in due if each not in ALWAYS] == more and set(ALWAYS) <= set(due)


@pytest.mark.parametrize(
    ("name", "refer"),
    [
        ({"name.forbidden": True}, "name-declaration"),
        ({"name.forbidden": False, "name.borrows": "without-consent"}, None),
    ],
)
def test_names_that_may_not_be_used_end_the_walk(pack: Pack, name: dict[str, Any], refer: str | None):
    done = walked(pack, GUIDE, {**COMPANY, "name.is_declared": False, **name})
    assert done.exit and done.exit.refer == refer


def test_only_the_name_is_asked_anew(pack: Pack):
    assert changed_facts(pack, pack.guides[GUIDE]) == {"subject.name"}
