"""办理: one case, at the place that the address bar names, else where it stands."""

import streamlit as st

from hall.content.errors import HallError
from hall.ui import pages
from hall.ui.apply import exit as exit_page
from hall.ui.apply import outcome, progress, review, stop, subject
from hall.ui.apply.desk import FIRST, Desk, desk_of
from hall.ui.apply.downloads import card_button
from hall.ui.apply.route import OUTCOME, REVIEW, STATUS, SUBJECT, place_of
from hall.ui.context import access_to, code_of, fresh_code
from hall.ui.text import plain


def show() -> None:
    """The page of `?case=…&at=…`."""
    number = (pages.asked("case") or "").upper()
    access = access_to(number) if number else None
    if access is None:
        st.title("打开办件")
        st.info("请用办件编号和查询码打开这个办件。")
        pages.link("resume", "输入办件编号和查询码", **({"case": number} if number else {}))
        return
    try:
        desk = desk_of(access)
    except HallError as error:
        st.error(str(error))
        return
    _head(desk)
    _body(desk, pages.asked("at"))


def _head(desk: Desk) -> None:
    code = code_of(desk.number)
    shown = f"办件编号 **{desk.number}**"
    if code:
        shown += f"　查询码 **{code}**　:gray[请记下，换设备或者下次再来时要用]"
    st.markdown(f"{desk.title}　:gray[已自动保存]\n\n{shown}")
    if desk.subject:
        st.markdown(f"办理主体：{plain(desk.subject)}")
        if desk.may_choose_subject and pages.asked("at") not in (SUBJECT, None):
            desk.link("换一个主体", SUBJECT)
    if code:
        card_button(desk, code)
    elif st.button("忘了查询码？换一个新的", key=f"code.{desk.number}", type="tertiary"):
        fresh_code(desk.access)
        st.rerun()
    if desk.changed_guide:
        st.info("这个指南在您上次来过以后更新了。您的回答都保留着；有新问题的，会在下面接着问。")


def _body(desk: Desk, at: str | None) -> None:
    if at == FIRST:
        desk.go(next((stop.key for stop in desk.course.stops), REVIEW))
    if at is None:  # said in the address at once: a page must not move on by itself while it is filled in
        at = st.query_params["at"] = place_of(desk)
    found = desk.course.stop(at)
    if at == STATUS and desk.handed_in:
        progress.show(desk)
    elif desk.needs_subject or (at == SUBJECT and desk.may_choose_subject):
        subject.show(desk)
    elif not desk.editable:
        progress.show(desk)
    elif found is not None:
        stop.show(desk, found)
    elif desk.course.walk.state == "exit":
        exit_page.show(desk)
    elif desk.course.walk.state == "question":
        _first_open(desk)
    elif at == OUTCOME and desk.course.walk.outcome is not None:
        outcome.show(desk)
    else:
        review.show(desk)


def _first_open(desk: Desk) -> None:
    """The address names nothing on today's path: the question that comes next."""
    open_stop = desk.course.first_open(desk.standing.unread)
    if open_stop is not None:
        stop.show(desk, open_stop)
