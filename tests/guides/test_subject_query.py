"""Policy of looking up a subject: what is public and where; archives are not."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import walked

GUIDE = "subject-query"


def test_archives_are_another_procedure(pack: Pack):
    done = walked(pack, GUIDE, {"query.about": "archive"})
    assert done.exit and done.exit.refer == "archive-query"


@pytest.mark.parametrize(
    ("about", "where"),
    [
        ("registration", "国家企业信用信息公示系统"), ("credit", "信用中国"), ("pledge", "动产融资统一登记公示系统"),
        ("licence", "国家药品监督管理局"), ("product", "认证认可"), ("name", "名称申报系统"), ("trademark", "商标网"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False])
def test_each_question_leads_to_the_system_that_answers_it(pack: Pack, about: str, where: str, named: bool):
    asked = about in ("registration", "credit", "licence", "pledge")
    done = walked(pack, GUIDE, {"query.about": about, **({"query.knows_name": named} if asked else {})})
    assert done.outcome and done.outcome.result and done.outcome.fee == "none"
    said = "".join(step.do for step in done.outcome.steps)
    assert where in said
    assert ("合同、发票上找" in said) is (asked and not named)
