"""An enterprise asks for its organisation code."""

from hall.content.models import Pack
from tests.guides.walks import leads_on


def test_it_says_since_when_and_leads_on(pack: Pack):
    leads_on(pack, "organisation-code-certificate", "licence-reissue", since="2015 年 10 月 1 日")
