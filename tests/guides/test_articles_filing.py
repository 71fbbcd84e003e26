"""Policy of filing articles: what touches a registered item leads to its own guide."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from tests.guides.walks import materials, walked

GUIDE = "articles-filing"
COMPANY = {"registered.subject.kind": "company", "company.type": "joint-stock"}


@pytest.mark.parametrize(
    ("touches", "guide"),
    [
        ("name", "company-name-change"),
        ("domicile", "company-domicile-change"),
        ("capital", "capital-increase"),
        ("scope", "business-scope-change"),
        ("shareholders", "shareholder-change"),
        ("representative", "legal-representative-change"),
        ("type", "company-type-change"),
    ],
)
def test_registered_items_have_their_own_guide(pack: Pack, touches: str, guide: str):
    done = walked(pack, GUIDE, {**COMPANY, "articles.touches": touches})
    assert done.exit and done.exit.refer == guide


def test_the_articles_alone_are_filed_with_what_was_amended(pack: Pack):
    answers = {**COMPANY, "articles.touches": "none", "change.also": ["term"], "applicant.is_agent": False}
    done = walked(pack, GUIDE, answers)
    assert materials(done) == ["company-registration-application", "shareholders-resolution", "articles-amendment"]
    raw = {key: value for key, value in answers.items() if not key.startswith("registered.")}
    course = course_of(pack, pack.guides[GUIDE], parse_answers(pack.facts, raw), {"registered.subject.kind": "company"})
    asked = {ask.fact.id for stop in course.stops for ask in stop.asks}
    assert {"articles.amendments", "company.term"} <= asked
