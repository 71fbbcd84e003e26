"""Pages, run without a browser: they show what the services say, and never a traceback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hall import clock
from hall.cases.access import Access, open_case
from hall.cases.drafts import save_field, save_subject, standing
from hall.content.models import Pack
from hall.database import reading, writing
from hall.library import library
from hall.registry.demo import ensure_demo
from hall.registry.prefill import registered_facts
from hall.registry.store import open_registry

PATIENCE_S = 30
REPORT = "enterprise-annual-report"
HOSTILE = "<img src=x onerror=alert(1)> **粗** [链接](javascript:alert(1)) :red[红] $x$"


@pytest.fixture
def pack() -> Pack:
    return library().pack()


@pytest.fixture
def case_page(data_dir: Path, pack: Pack) -> Iterator[AppTest]:
    """The page of a new annual report, for a session that holds the case."""
    with writing() as session:
        access = Access(open_case(session, pack.guides[REPORT], clock.now())[0].number)

    def script() -> None:
        import streamlit as st

        from hall.ui import home, pages
        from hall.ui.apply import case

        shown = {"case": case.show, "home": home.show, "guide": home.show, "resume": home.show, "scenario": home.show}
        pages.register(**{name: st.Page(show, title=name, url_path=name) for name, show in shown.items()})
        case.show()

    app = AppTest.from_function(script, default_timeout=PATIENCE_S)
    app.session_state["_access"] = {access.number: access}
    app.query_params["case"] = access.number
    yield app


def access_of(app: AppTest) -> Access:
    return next(iter(app.session_state["_access"].values()))


def found(app: AppTest, pack: Pack, data_dir: Path) -> Access:
    """The case, with its subject found."""
    ensure_demo(data_dir)
    subject = open_registry(data_dir).get("91000000MA0000001R")
    assert subject is not None
    with writing() as session:
        registered = registered_facts(subject, pack.facts)
        save_subject(session, pack, pack.guides[REPORT], access_of(app), registered, clock.now())
    return access_of(app)


def words(app: AppTest) -> str:
    """Everything that is said on the page."""
    spoken = (app.title, app.header, app.markdown, app.error, app.info, app.warning, app.success)
    return "\n".join(str(each.value) for kind in spoken for each in kind)


def field(app: AppTest, fact: str):  # type: ignore[no-untyped-def]
    return app.text_input(key=f"{access_of(app).number}.{fact}")


def test_a_report_begins_with_finding_the_subject(case_page: AppTest, data_dir: Path) -> None:
    ensure_demo(data_dir)
    case_page.run()
    assert not case_page.exception and "先找到您的主体" in words(case_page)
    case_page.text_input[0].set_value("没有这一家公司啊").run()
    assert "没有找到" in words(case_page)


def test_a_wrong_value_is_refused_beside_the_field_and_kept(case_page: AppTest, pack: Pack, data_dir: Path) -> None:
    access = found(case_page, pack, data_dir)
    case_page.run()
    field(case_page, "report.year").set_value("去年").run()
    assert "请改一下" in words(case_page) and not case_page.exception
    assert field(case_page, "report.year").value == "去年"
    case_page.button(key="next.report.year").click().run()
    assert "还差几处" in words(case_page)
    with reading() as session:
        assert standing(session, pack, access, clock.now()).drafts == {"report.year": "去年"}


def test_what_people_type_is_never_markup(case_page: AppTest, pack: Pack, data_dir: Path) -> None:
    access = found(case_page, pack, data_dir)
    with writing() as session:
        save_field(session, access, pack.facts["report.year"], HOSTILE, clock.now())
        save_field(session, access, pack.facts["contact.address"], HOSTILE, clock.now())
    case_page.run()
    for each in case_page.markdown:
        assert "](javascript" not in each.value and "**粗**" not in each.value and ":red[红]" not in each.value


def test_a_case_that_the_session_does_not_hold_stays_closed(case_page: AppTest) -> None:
    case_page.session_state["_access"] = {}
    case_page.run()
    assert "请用办件编号和查询码打开" in words(case_page) and not case_page.text_input
