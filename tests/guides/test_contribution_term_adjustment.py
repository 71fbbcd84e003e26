"""Policy of adjusting contributions: terms and methods are filed, amounts are registered elsewhere."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "contribution-term-adjustment"
COMPANY = {"registered.subject.kind": "company", "company.type": "joint-stock"}
END = {"articles.amends_more": False, "applicant.is_agent": False}


@pytest.mark.parametrize("change", ["term", "method"])
def test_terms_and_methods_are_filed(pack: Pack, change: str):
    assert materials(walked(pack, GUIDE, {**COMPANY, "contribution.change": change, **END})) == [
        "company-registration-application", "shareholders-contribution", "shareholders-resolution", "articles-amendment",
    ]  # fmt: skip


@pytest.mark.parametrize(("change", "guide"), [("amount", "shareholder-change"), ("total", "capital-reduction")])
def test_amounts_are_registered_elsewhere(pack: Pack, change: str, guide: str):
    done = walked(pack, GUIDE, {**COMPANY, "contribution.change": change})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(("established", "old"), [("2024-06-30", True), ("2024-07-01", False)])
def test_companies_from_before_the_new_law_are_told_their_own_term(pack: Pack, established: str, old: bool):
    answers: dict[str, Any] = {**COMPANY, "registered.subject.established": established, "contribution.change": "term"}
    outcome = walked(pack, GUIDE, {**answers, **END}).outcome
    assert outcome
    assert any("2027 年 6 月 30 日以前把" in each.say for each in outcome.notices) is old
    assert any("最长是公司成立之日起五年" in each.say for each in outcome.notices) is not old
