"""A form that was filled in with Word: read back, what was changed shown, then taken."""

import streamlit as st

from hall import clock
from hall.cases.drafts import save_field
from hall.content.errors import HallError
from hall.database import writing
from hall.documents.reading import Reading, read_form
from hall.ui.apply.desk import Desk
from hall.ui.text import plain
from hall.ui.words import title_of


def taking_in(desk: Desk) -> None:
    """A place for the file; nothing is taken before it was shown."""
    with st.expander("在 Word 里填好了？读回来"):
        given = st.file_uploader(
            "从这里下载、在 Word 或者 WPS 里改过的表格（.docx）", type=["docx"], key=f"word.{desk.number}"
        )
        if given is None:
            return
        try:
            read = read_form(given.getvalue(), desk.pack.forms, desk.pack.facts)
        except HallError as error:
            st.error(plain(error))
            return
        _show(desk, read)


def _show(desk: Desk, read: Reading) -> None:
    asked = {ask.fact.id for stop in desk.course.stops for ask in stop.asks}
    for fact, message in read.problems:
        st.error(plain(f"{title_of(desk.pack, fact)}：{message}"))
    if not read.changes:
        st.info("和原来的一样，没有改动。")
        return
    st.markdown("改动了这些：\n" + "\n".join(f"- {plain(change)}" for change in read.changes))
    ours = [change.fact.split(".")[0] if change.fact not in asked else change.fact for change in read.changes]
    taken = {fact: read.data[fact] for fact in ours if fact in asked and fact in read.data}
    if taken and st.button("采用这些改动", key=f"take.{desk.number}", type="primary"):
        with writing() as session:
            for fact, raw in taken.items():
                save_field(session, desk.access, desk.pack.facts[fact], raw, clock.now())
        st.rerun()
    elif not taken:
        st.info("改动的内容不能在这里采用：它们来自登记信息，或者是印好的文字。")
