"""办一件事: a life event's questions, then the personal roadmap. The answers stand in the address bar."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from hall import clock
from hall.content.models import Fact, Pack, Question, Scenario
from hall.documents.calendar import roadmap_calendar
from hall.journey.roadmap import Roadmap, Station, roadmap_of
from hall.ui import pages
from hall.ui.browse.carried import read, written
from hall.ui.context import pack
from hall.ui.text import hint


def show() -> None:
    """The page of `?id=…`."""
    content = pack()
    scenario_id = pages.asked("id") or ""
    scenario = content.scenarios.get(scenario_id)
    title = next((each for each in content.scenario_titles if each.id == scenario_id), None)
    if title is None:
        st.warning("没有这件事。请从首页重新选。")
        pages.link("home", "回到首页")
        return
    st.title(title.title)
    if scenario is not None:
        _roadmap(content, scenario)
    _guides(content, scenario_id)


def _roadmap(content: Pack, scenario: Scenario) -> None:
    answers = _answers(content, scenario)
    roadmap = roadmap_of(content, scenario, answers, clock.today())
    for step in roadmap.walk.path:
        _ask(content, scenario, step.question, step.value)
    if roadmap.walk.question is not None:
        _ask(content, scenario, roadmap.walk.question, None)
        return
    _stations(roadmap, answers)
    _later(scenario, roadmap)


def _answers(content: Pack, scenario: Scenario) -> dict[str, Any]:
    """Answers from the address bar; what isn't accepted is asked again."""
    asked = {question.ask for question in scenario.questions}
    return read(content.facts, {name: text for name, text in st.query_params.items() if name in asked})


def _ask(content: Pack, scenario: Scenario, question: Question, value: Any) -> None:
    fact = content.facts[question.ask]
    key = f"scenario.{scenario.id}.{fact.id}"
    options = _options(content, fact, question)
    if fact.kind == "choices":
        _ask_several(fact, question, key, options, value)
        return
    if key not in st.session_state:
        st.session_state[key] = None if value is None else written(value)
    st.radio(
        fact.asks,
        list(options),
        format_func=options.__getitem__,
        key=key,
        help=fact.help or question.why,
        on_change=_remember,
        args=(fact.id, key),
        index=None,
    )


def _remember(fact_id: str, key: str) -> None:
    if st.session_state[key] is not None:
        st.query_params[fact_id] = st.session_state[key]


def _ask_several(fact: Fact, question: Question, key: str, options: dict[str, str], value: Any) -> None:
    """Boxes to tick and a button: to tick none is an answer too, where the question allows it."""
    if st.session_state.get(f"{key}.missing"):
        st.markdown(":red[**还没有选**：请至少选一项。]")
    with st.form(key, border=False):
        st.markdown(fact.asks, help=fact.help or question.why)
        for option, title in options.items():
            st.checkbox(title, value=option in (value or ()), key=f"{key}.{option}", help=fact.options[option].help)
        st.form_submit_button(
            "选好了", on_click=_remember_several, args=(fact.id, key, tuple(options), question.required)
        )


def _remember_several(fact_id: str, key: str, options: tuple[str, ...], required: bool) -> None:
    chosen = [option for option in options if st.session_state[f"{key}.{option}"]]
    st.session_state[f"{key}.missing"] = required and not chosen
    if chosen or not required:
        st.query_params[fact_id] = written(chosen)


def _options(content: Pack, fact: Fact, question: Question) -> dict[str, str]:
    if fact.kind == "yes-no":
        return {"true": "是", "false": "否"}
    if fact.kind == "region":
        return dict(content.regions)
    return {key: each.title for key, each in fact.options.items() if not question.options or key in question.options}


def _stations(roadmap: Roadmap, answers: Mapping[str, Any]) -> None:
    st.header("您的路线图")
    if not roadmap.stations:
        st.info("照您的回答，这件事不用另外办手续。")
    rounds = sorted({each.round for each in roadmap.stations})
    for number, round_ in enumerate(rounds, 1):
        stations = [each for each in roadmap.stations if each.round == round_]
        together = "（可以同时办）" if len(stations) > 1 else ""
        st.subheader(f"第 {number} 步{together}")
        for station in stations:
            _station(station, answers)


def _station(station: Station, answers: Mapping[str, Any]) -> None:
    with st.container(border=True):
        if station.written:
            pages.link("guide", f"**{station.title}**", id=station.guide, **_carried(answers))
        else:
            st.markdown(f"**{station.title}**　:gray[即将开通]")
        if station.note:
            hint(station.note)


def _carried(answers: Mapping[str, Any]) -> dict[str, str]:
    return {key: written(value) for key, value in answers.items() if value is not None}


def _later(scenario: Scenario, roadmap: Roadmap) -> None:
    if not roadmap.later:
        return
    st.header("以后要记得")
    for each in roadmap.later:
        period = f"每年 {each.first.month} 月 {each.first.day} 日至 {each.last.month} 月 {each.last.day} 日"
        st.markdown(f"- **{each.title}**：{period}，下一次在 {each.first.year} 年。{each.note or ''}")
    st.download_button(
        "把日期放进日历（.ics）",
        roadmap_calendar(scenario.title, roadmap.later, clock.now()),
        file_name=f"{scenario.id}.ics",
        mime="text/calendar",
        on_click="ignore",
    )


def _guides(content: Pack, scenario_id: str) -> None:
    st.header("这一类的全部指南")
    for planned in content.planned_guides.values():
        if planned.scenario == scenario_id:
            if planned.id in content.guides:
                pages.link("guide", content.guides[planned.id].title, id=planned.id)
            else:
                st.markdown(f"{planned.title}　:gray[即将开通]")
