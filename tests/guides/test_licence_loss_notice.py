"""Policy of declaring a lost licence void: only licences, only what is lost, and for good."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.documents.layout import layout_of
from hall.journey.answers import parse_answers
from tests.guides.walks import materials, walked

GUIDE, FORM = "licence-loss-notice", "licence-loss-statement"
LOST = {"licence.lost_what": "licence", "licence.finds_again": False, "licence.missing": ["original"]}


@pytest.mark.parametrize("what", ["permit", "seal"])
def test_other_things_are_declared_elsewhere(pack: Pack, what: str):
    assert walked(pack, GUIDE, {"licence.lost_what": what}).exit


def test_a_found_licence_goes_back(pack: Pack):
    done = walked(pack, GUIDE, {"licence.lost_what": "licence", "licence.finds_again": True})
    assert done.exit and done.exit.refer == "licence-reissue"
    assert materials(walked(pack, GUIDE, LOST)) == [FORM]


@pytest.mark.parametrize(
    ("missing", "words", "not_words"),
    [
        ({"licence.missing": ["original"]}, "正本一份", "副本2份"),
        ({"licence.missing": ["copies"], "licence.missing_copies": 2}, "副本2份", "正本一份"),
    ],
)
def test_the_statement_names_what_is_lost(pack: Pack, missing: dict[str, Any], words: str, not_words: str):
    raw = {"subject.name": "示范有限公司", "subject.uscc": "91000000MA0000001R", "licence.lost_on": "2026-05-06"}
    layout = str(layout_of(pack.forms[FORM], pack.facts, parse_answers(pack.facts, {**raw, **missing})))
    assert words in layout and not_words not in layout
