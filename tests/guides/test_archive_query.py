"""Policy of looking up registration archives: who may, with which papers."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

FORM = "archive-query-application"
GUIDE = "archive-query"


def test_the_public_reads_what_is_published(pack: Pack):
    done = walked(pack, GUIDE, {"archive.who": "public"})
    assert done.exit and "公示系统" in done.exit.say


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"archive.who": "own", "applicant.is_agent": False}, ["own-licence"]),
        ({"archive.who": "own", "applicant.is_agent": True}, ["own-licence", "agent-authorisation", "agent-identity"]),
        ({"archive.who": "shareholder", "applicant.is_agent": False}, ["shareholder-proof"]),
        ({"archive.who": "organ"}, ["official-letter", "official-card"]),
        ({"archive.who": "lawyer"}, ["lawyer-card", "firm-letter", "lawyer-commitment"]),
    ],
)
def test_who_may_look_and_with_what(pack: Pack, answers: dict[str, Any], due: list[str]):
    assert materials(walked(pack, GUIDE, answers)) == [FORM, *due]


@pytest.mark.parametrize(("agent", "name"), [(True, "agent.name"), (False, "applicant.name")])
def test_who_comes_is_named_once(pack: Pack, agent: bool, name: str):
    done = walked(pack, GUIDE, {"archive.who": "own", "applicant.is_agent": agent})
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert asked & {"agent.name", "applicant.name"} == {name}
