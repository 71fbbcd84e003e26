"""Policy of more and fewer copies of the licence."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE, FORM = "licence-copies", "licence-issue-application"


@pytest.mark.parametrize(("request_", "due"), [("increase", "licence-copy"), ("decrease", "returned-copies")])
def test_what_is_handed_in(pack: Pack, request_: str, due: str):
    done = walked(pack, GUIDE, {"licence.request": request_, "applicant.is_agent": False})
    assert materials(done) == [FORM, due]


def test_a_lost_copy_is_reissued(pack: Pack):
    done = walked(pack, GUIDE, {"licence.request": "reissue"})
    assert done.exit and done.exit.refer == "licence-reissue"


@pytest.mark.parametrize(("request_", "at"), [("decrease", ["licence.copies_changed"]), ("increase", [])])
def test_no_more_copies_come_back_than_there_are(pack: Pack, request_: str, at: list[str]):
    raw = {**sample_data(pack.facts, pack.forms[FORM]), "licence.request": request_}
    raw |= {"licence.copies_now": 1, "licence.copies_changed": 2}
    assert [
        each.fact for each in problems_of(pack.forms[FORM], Known(pack.facts, parse_answers(pack.facts, raw)))
    ] == at
