"""A company asks for its yearly inspection."""

from hall.content.models import Pack
from tests.guides.walks import leads_on


def test_it_says_since_when_and_leads_on(pack: Pack):
    leads_on(pack, "annual-inspection", "enterprise-annual-report", since="2014 年 3 月 1 日")
