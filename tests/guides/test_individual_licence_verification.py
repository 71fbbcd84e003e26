"""A shop asks to have its licence verified."""

from hall.content.models import Pack
from tests.guides.walks import leads_on


def test_it_says_since_when_and_leads_on(pack: Pack):
    leads_on(pack, "individual-licence-verification", "individual-business-annual-report", since="2014 年 10 月 1 日")
