"""看结果: exactly these materials, forms, steps, time limit, fee, office, basis, each with the answers that brought it."""

import streamlit as st

from hall.documents.notice import basis_lines, limit_text, material_title
from hall.documents.printed import fill_in
from hall.journey.walk import DueMaterial
from hall.ui.apply.case_steps import steps
from hall.ui.apply.desk import Desk
from hall.ui.apply.downloads import package_button
from hall.ui.apply.reasons import because_text
from hall.ui.browse.guide import BY, UNSURE
from hall.ui.text import plain


def show(desk: Desk) -> None:
    """The outcome, and the way on to the forms."""
    outcome, guide = desk.course.walk.outcome, desk.guide
    assert outcome is not None and guide is not None
    steps(desk, "outcome")
    st.header("您要准备的")
    if guide.confidence != "high":
        st.info(UNSURE)
    titles: dict[str | None, str] = {stage.id: stage.title or stage.id for stage in guide.stages}
    for stage in [None, *titles]:
        due = [each for each in outcome.materials if each.material.stage == stage]
        if due:
            if titles:
                st.subheader(f"“{titles[stage]}”时交" if stage else "都要交")
            for number, each in enumerate(due, 1):
                _material(desk, number, each)
    _facts(desk)
    _steps(desk)
    if outcome.notices:
        st.header("请注意")
        st.markdown("\n".join(f"- {plain(fill_in(each.say, desk.course.known))}" for each in outcome.notices))
    _go_on(desk)


def _material(desk: Desk, number: int, due: DueMaterial) -> None:
    material = due.material
    marks = [
        "原件" if material.original else "",
        f"{material.copies} 份" if material.copies else "",
        "在线填" if material.form in desk.pack.forms else "表格即将开通" if material.form else "",
        "参考文本，可以用自己的" if material.template else "",
    ]
    with st.container(border=True):
        text = f"{number}. **{material_title(desk.pack, due)}**"
        st.markdown(text + "".join(f"　:gray[{mark}]" for mark in marks if mark))
        if due.names:
            st.markdown(f"每人一份：{plain('、'.join(due.names))}")
        if due.note:
            st.markdown(plain(fill_in(due.note, desk.course.known)))
        if reason := because_text(desk, material.when):
            st.markdown(reason)


def _facts(desk: Desk) -> None:
    outcome = desk.course.walk.outcome
    assert outcome is not None
    office = outcome.office
    authority = desk.pack.authorities.get(office.office) if office else None
    place = (desk.course.known(office.of) if office and office.of else None) or (authority.title if authority else "")
    rows = [
        ("办成得到", outcome.result),
        ("时限", "；".join(limit_text(each) for each in outcome.time_limits[:1])),
        ("收费", "不收费" if outcome.fee == "none" else outcome.fee),
        ("在哪里办", str(place)),
        ("依据", "；".join(basis_lines(desk.pack, outcome.basis))),
    ]
    st.header("时限、收费和依据")
    st.markdown("\n".join(f"- **{label}**：{plain(fill_in(text, desk.course.known))}" for label, text in rows if text))


def _steps(desk: Desk) -> None:
    outcome = desk.course.walk.outcome
    assert outcome is not None
    if not outcome.steps:
        return
    st.header("怎么办")
    by = {**{key: each.title for key, each in desk.pack.authorities.items()}, **BY}
    for number, step in enumerate(outcome.steps, 1):
        st.markdown(f"{number}. **{by.get(step.by, step.by)}**：{plain(fill_in(step.do, desk.course.known))}")
        if reason := because_text(desk, step.when):
            st.markdown(reason)


def _go_on(desk: Desk) -> None:
    questions = [stop for stop in desk.course.stops if stop.kind == "question"]
    forms = [stop for stop in desk.course.stops if stop.kind == "form"]
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if questions and st.button("上一步", key="outcome.back"):
            desk.go(questions[-1].key)
        if st.button("继续，填表" if forms else "继续，核对", key="outcome.next", type="primary"):
            desk.go(forms[0].key if forms else "review")
    package_button(desk, "先下载这些材料（表格可以以后再填）")
