"""A shop asks for the old food circulation licence."""

from hall.content.models import Pack
from tests.guides.walks import leads_on


def test_it_says_since_when_and_leads_on(pack: Pack):
    leads_on(pack, "food-circulation-licence", "food-business-licence", since="2015 年 10 月 1 日")
