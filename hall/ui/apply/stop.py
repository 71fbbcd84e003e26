"""One stop: a small group of questions, or one section of a form. Every field is on disk as soon as it is left."""

import streamlit as st

from hall import clock
from hall.cases.drafts import save_left_empty
from hall.database import writing
from hall.documents.printed import fill_in
from hall.journey.course import Ask, Stop, missing
from hall.journey.why import decides
from hall.ui.apply.case_steps import steps
from hall.ui.apply.desk import Desk, desk_of
from hall.ui.apply.fields import field
from hall.ui.apply.route import SUBJECT, place_after
from hall.ui.apply.rows import rows
from hall.ui.text import hint, plain
from hall.ui.words import PUBLICITY


def show(desk: Desk, stop: Stop) -> None:
    """The stop's fields, then on and back."""
    steps(desk, stop)
    tried = st.session_state.get(_tried(desk, stop), False)
    problems = list(missing(stop, desk.course, desk.standing.unread)) if tried else []
    if problems:
        st.error("还差几处，补上就可以继续：\n\n" + "\n".join(f"- {plain(each.say)}" for each in problems))
    if len(stop.asks) > 1 or stop.kind == "form":
        st.header(stop.title)
    if stop.form:
        form = desk.pack.forms[stop.form]
        hint(f"填入《{form.title}》" + (f"。{stop.note}" if stop.note else ""))
    marks = {ask.public for ask in stop.asks}
    if len(marks) == 1 and marks <= {"always", "never"}:
        hint(f"这一页填的内容{PUBLICITY[stop.asks[0].public or 'never']}。")
    wrong = {each.fact for each in problems}
    heading = None
    for ask in stop.asks:
        if ask.heading and ask.heading != heading:
            heading = ask.heading
            st.subheader(plain(fill_in(heading, desk.course.known)))
        note = desk.corrections.get(ask.fact.id)
        if note:
            st.warning(f"登记机关要求补正：{plain(note)}")
        draw = rows if ask.fact.kind == "group" else field
        draw(desk, ask, ask.fact.id in wrong, heading=len(stop.asks) == 1 and stop.kind == "question")
        if len(marks) > 1 and ask.public in ("always", "never"):
            hint(PUBLICITY[ask.public])
    _explain(desk, stop)
    _buttons(desk, stop)


def _explain(desk: Desk, stop: Stop) -> None:
    """Why it is asked, and what depends on it."""
    guide = desk.guide
    if guide is None or stop.kind != "question":
        return
    with st.expander("为什么问这些？"):
        for ask in stop.asks:
            _reason(desk, ask)


def _reason(desk: Desk, ask: Ask) -> None:
    assert desk.guide is not None
    depends = decides(desk.pack, desk.guide, ask.fact.id)
    lines = [f"**{ask.fact.title}**：{ask.why or ask.fact.help or '表格要用。'}"]
    if depends.materials:
        lines.append(f"这个回答决定要不要这些材料：{'、'.join(depends.materials)}。")
    if depends.questions:
        lines.append(f"还决定要不要接着问：{'；'.join(depends.questions)}")
    if depends.exits:
        lines.append("有的回答不能走这个指南，会告诉您该走哪一个。")
    st.markdown("\n\n".join(lines))


def _buttons(desk: Desk, stop: Stop) -> None:
    before = desk.course.before(stop)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        first = before is None and (stop.kind == "question" or desk.guide is None)
        if st.button("上一步", key=f"back.{stop.key}", disabled=first and not desk.may_choose_subject):
            desk.go(SUBJECT if first else before.key if before and before.kind == stop.kind else "outcome")
        if st.button("继续", key=f"next.{stop.key}", type="primary"):
            _go_on(desk, stop)


def _go_on(desk: Desk, stop: Stop) -> None:
    if list(missing(stop, desk.course, desk.standing.unread)):
        st.session_state[_tried(desk, stop)] = True
        st.rerun()
    with writing() as session:
        for ask in stop.asks:
            if not ask.required or ask.fact.kind == "choices":
                save_left_empty(session, desk.access, ask.fact, clock.now())
    st.session_state.pop(_tried(desk, stop), None)
    desk.go(place_after(desk_of(desk.access), stop.key))


def _tried(desk: Desk, stop: Stop) -> str:
    return f"tried.{desk.number}.{stop.key}"
