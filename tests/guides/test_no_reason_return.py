"""Policy of the voluntary promise of returns: who needs none, and what it must promise at least."""

from typing import Any

import pytest

from hall.content.errors import AnswerError
from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = "no-reason-return"
FORM = "no-reason-return-commitment"


def test_who_sells_online_only_is_bound_by_law_already(pack: Pack):
    done = walked(pack, GUIDE, {"noreason.request": "new", "noreason.place": "online"})
    assert done.exit and done.exit.refer is None


@pytest.mark.parametrize(
    ("answers", "asked", "not_asked"),
    [
        ({"noreason.request": "new", "noreason.place": "store", "noreason.excludes": True}, "noreason.excluded", "noreason.withdrawn_from"),
        ({"noreason.request": "change", "noreason.place": "both", "noreason.excludes": False}, "noreason.days", "noreason.excluded"),
        ({"noreason.request": "withdraw"}, "noreason.withdrawn_from", "noreason.days"),
    ],
)  # fmt: skip
def test_the_promise_follows_what_is_done(pack: Pack, answers: dict[str, Any], asked: str, not_asked: str):
    done = walked(pack, GUIDE, answers)
    assert materials(done) == [FORM]
    blanks = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert asked in blanks and not_asked not in blanks


def test_less_than_seven_days_is_refused(pack: Pack):
    assert parse_answers(pack.facts, {"noreason.days": 7})
    with pytest.raises(AnswerError):
        parse_answers(pack.facts, {"noreason.days": 6})
