"""A founder asks how to have the capital verified."""

from hall.content.models import Pack
from tests.guides.walks import leads_on


def test_it_says_since_when_and_leads_on(pack: Pack):
    leads_on(pack, "capital-verification", "limited-company-establishment", since="2014 年 3 月 1 日")
