"""A founder asks for the approval of a name."""

from hall.content.models import Pack
from tests.guides.walks import leads_on


def test_it_says_since_when_and_leads_on(pack: Pack):
    leads_on(pack, "name-preapproval", "name-declaration", since="2021 年 3 月 1 日")
