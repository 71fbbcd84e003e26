"""An exit: this guide isn't the right one; why, and where to go instead."""

import streamlit as st

from hall.documents.printed import fill_in
from hall.ui import pages
from hall.ui.apply.desk import Desk
from hall.ui.apply.reasons import because_text
from hall.ui.text import plain


def show(desk: Desk) -> None:
    """What the exit says, which answers led here, and the guide it refers to."""
    taken = desk.course.walk.exit
    assert taken is not None
    st.header("这个指南不适合您的情况")
    st.warning(plain(fill_in(taken.say, desk.course.known)))
    if reason := because_text(desk, taken.when):
        st.markdown(reason)
    target = desk.pack.guides.get(taken.refer or "")
    planned = desk.pack.planned_guides.get(taken.refer or "")
    if target:
        pages.link("guide", f"去看：{target.title}", id=target.id)
    elif planned:
        st.markdown(f"应当走“{planned.title}”。　:gray[即将开通]")
    if desk.course.stops:
        desk.link("改一改刚才的回答", desk.course.stops[-1].key)
