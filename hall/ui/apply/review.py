"""核对提交: every answer with a way to change it, what is wrong, the documents, the attestation."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from hall import clock
from hall.cases.progress import submitted_data
from hall.cases.submit import Receipt, hand_in
from hall.content.errors import AnswerError, HallError
from hall.content.values import from_json
from hall.database import writing
from hall.journey.answers import REGISTERED
from hall.journey.course import Ask, Stop, problems
from hall.journey.forms import Problem
from hall.ui.apply.case_steps import steps
from hall.ui.apply.desk import Desk
from hall.ui.apply.downloads import form_buttons, package_button
from hall.ui.apply.papers import papers
from hall.ui.apply.taking_in import taking_in
from hall.ui.text import definition_list, plain
from hall.ui.words import ORIGINS, answer, full_row

ATTESTATION = "我承诺：以上填写的内容和提交的材料真实、合法、有效，并对其真实性负责。"


def show(desk: Desk) -> None:
    """The review page."""
    steps(desk, "review")
    st.header("请核对")
    errors, warnings = _problems(desk)
    for each in errors:
        _problem(desk, each)
    for stop in desk.course.stops:
        _stop(desk, stop)
    _documents(desk)
    if desk.guide is None:
        return
    if not (desk.guide.submits or desk.guide.stages):
        st.info("这件事不在网上提交：请下载材料，签名盖章后到窗口或者按步骤办理。")
        return
    papers(desk)
    _submit(desk, errors, warnings)


def _problems(desk: Desk) -> tuple[list[Problem], list[Problem]]:
    found = problems(desk.pack, desk.course)
    unread = [Problem(fact, f"“{desk.pack.facts[fact].title}”还没有填对") for fact in desk.standing.unread
              if desk.course.stop_of(fact)]  # fmt: skip
    return unread + [each for each in found if each.level == "error"], [
        each for each in found if each.level == "warning"
    ]


def _problem(desk: Desk, problem: Problem) -> None:
    st.error(plain(problem.say))
    stop = desk.course.stop_of(problem.fact or "")
    if stop is not None:
        desk.link(f"去改：{stop.title}", stop.key)


def _stop(desk: Desk, stop: Stop) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f"**{stop.title}**")
            desk.link("修改", stop.key)
        before = submitted_data(desk.latest) if desk.latest is not None and desk.reopened else {}
        definition_list(row for ask in stop.asks for row in _answer(desk, ask, before))


def _answer(desk: Desk, ask: Ask, before: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and value, with where it is from and who will see it; in a correction also what stood there."""
    fact, value, case = ask.fact, desk.course.known(ask.fact.id), desk.standing.case
    marks = [ORIGINS.get(case.origins.get(fact.id, ""), "")]
    if ask.public == "optional":
        marks.append("公示" if fact.id in case.publish else "不公示")
    shown = "，".join(mark for mark in marks if mark)
    label = ask.label or fact.title
    if fact.kind == "group" and value and fact.id not in before:
        yield from ((f"{label}（{number}）", full_row(desk.pack, fact, row)) for number, row in enumerate(value, 1))
        if shown:
            yield "　", f"〔{shown}〕"
        return
    registered = desk.course.known(f"{REGISTERED}{fact.id}") if ask.changes else None
    if registered is not None:
        yield f"{label}（原登记）", answer(desk.pack, fact, registered)
        label = f"{label}（申请变更为）"
    yield (
        f"{ask.heading} · {label}" if ask.heading else label,
        answer(desk.pack, fact, value) + (f"　〔{shown}〕" if shown else ""),
    )
    if fact.id in before and (old := from_json(fact, before[fact.id])) != value:
        yield "　上次提交的是", answer(desk.pack, fact, old)


def _documents(desk: Desk) -> None:
    st.header("填好的表格")
    for form_id in desk.course.forms:
        form_buttons(desk, desk.pack.forms[form_id])
    package_button(desk, "下载全部材料（zip）")
    taking_in(desk)


def _submit(desk: Desk, errors: list[Problem], warnings: list[Problem]) -> None:
    st.header("提交")
    if desk.window.reason:
        st.info(desk.window.reason)
        return
    if not desk.window.is_open(clock.today()):
        st.info(desk.window.words(clock.today()))
        return
    confirmed = True
    for index, each in enumerate(warnings):
        st.warning(plain(each.say))
        confirmed &= st.checkbox("我核对过，就是这样", key=f"confirm.{desk.number}.{index}.{each.say}")
    attested = st.checkbox(ATTESTATION, key=f"attest.{desk.number}")
    if st.button("提交", type="primary", key=f"submit.{desk.number}"):
        if errors:
            st.error("还有上面列出的问题没有改好，改好才能提交。")
        elif not (attested and confirmed):
            st.error("提交以前，请先勾选上面的确认和承诺。")
        else:
            _hand_in(desk)


def _hand_in(desk: Desk) -> None:
    """Hands it in; what is refused is said, and nothing typed is lost."""
    try:
        with writing() as session:
            receipt: Receipt = hand_in(session, desk.pack, desk.access, clock.now(), desk.stage, ATTESTATION)
    except AnswerError as error:
        st.error(plain("；".join(message for _, message in error.errors)))
        return
    except HallError as error:
        st.error(plain(error))
        return
    st.session_state[f"new.{desk.number}"] = receipt.receipt
    desk.leave("status")
