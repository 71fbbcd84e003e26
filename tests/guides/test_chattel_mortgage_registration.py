"""A borrower asks to register a mortgage of machines."""

from hall.content.models import Pack
from tests.guides.walks import leads_on


def test_it_says_since_when_and_leads_on(pack: Pack):
    leads_on(pack, "chattel-mortgage-registration", "equity-pledge-establishment", since="2021 年 1 月 1 日")
