"""A life event's page: one choice, several, none; what is answered goes along to the guides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hall.library import library
from hall.ui.browse.carried import read, written

PATIENCE_S = 30
KEY = "scenario.close."


@pytest.fixture
def closing(data_dir: Path) -> Iterator[AppTest]:
    """The page of 我要歇业或注销, for a company without debts."""

    def script() -> None:
        import streamlit as st

        from hall.ui import home, pages
        from hall.ui.browse import scenario

        shown = {"home": home.show, "guide": home.show, "scenario": scenario.show}
        pages.register(**{name: st.Page(show, title=name, url_path=name) for name, show in shown.items()})
        scenario.show()

    app = AppTest.from_function(script, default_timeout=PATIENCE_S)
    app.query_params["id"] = "close"
    app.query_params["closing.wish"] = "close"
    app.query_params["subject.kind"] = "company"
    app.query_params["deregistration.debts_settled"] = "true"
    yield app


def headings(app: AppTest) -> list[str]:
    return [each.value for each in app.header]


def test_none_of_several_is_an_answer_and_leads_to_the_roadmap(closing: AppTest):
    closing.run()
    assert not closing.exception and "您的路线图" not in headings(closing)
    closing.button[0].click().run()
    assert closing.query_params["deregistration.exclusions"] == "-"
    assert "您的路线图" in headings(closing)


def test_where_one_is_needed_none_is_not_enough(closing: AppTest):
    closing.query_params["id"] = "credit-repair"
    closing.query_params["repair.what"] = "abnormal"
    closing.query_params["repair.wrongly"] = "false"
    closing.run()
    closing.button[0].click().run()
    assert "您的路线图" not in headings(closing) and any("请至少选一项" in each.value for each in closing.markdown)
    closing.checkbox(key="scenario.credit-repair.credit.listed_for.unreported").check()
    closing.button[0].click().run()
    assert "您的路线图" in headings(closing)


def test_several_are_kept_in_the_address(closing: AppTest):
    closing.run()
    for option in ("abnormal-list", "branches"):
        closing.checkbox(key=f"{KEY}deregistration.exclusions.{option}").check()
    closing.button[0].click().run()
    assert closing.query_params["deregistration.exclusions"] == "abnormal-list,branches"
    assert not closing.exception and "您的路线图" in headings(closing)


@pytest.mark.parametrize("chosen", [(), ("abnormal-list",), ("abnormal-list", "branches")])
def test_the_address_gives_back_what_was_answered(data_dir: Path, chosen: tuple[str, ...]):
    facts = library().pack().facts
    answers = {"deregistration.exclusions": chosen, "deregistration.debts_settled": True, "subject.kind": "company"}
    query = {name: written(value) for name, value in answers.items()}
    assert read(facts, {**query, "id": "close", "closing.wish": "nonsense", "report.year": ""}) == answers
