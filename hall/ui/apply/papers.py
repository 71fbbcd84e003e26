"""Papers that go with an application: added here, looked at by content, kept with the case."""

import streamlit as st

from hall import clock
from hall.cases.papers import PaperError, add_paper, drop_paper, papers_of
from hall.database import reading, writing
from hall.documents.notice import material_title
from hall.ui.apply.desk import Desk
from hall.ui.text import hint, plain


def papers(desk: Desk) -> None:
    """A place to add each material that isn't one of the forms."""
    outcome = desk.course.walk.outcome
    due = [each for each in outcome.materials if not each.material.form] if outcome else []
    due = [each for each in due if each.material.stage in (None, desk.stage)]
    if not due:
        return
    st.header("其他材料")
    hint("可以现在上传照片或者 PDF（每份不超过 10 MB），也可以以后带到窗口。")
    with reading() as session:
        added = papers_of(session, desk.access)
    for each in due:
        title = material_title(desk.pack, each)
        with st.expander(f"{title}（已上传 {sum(p.material == each.material.id for p in added)} 份）"):
            for paper in (p for p in added if p.material == each.material.id):
                _added(desk, paper.id or 0, paper.name)
            _add(desk, each.material.id, title)


def _added(desk: Desk, identity: int, name: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(plain(name))
        if st.button("删去", key=f"drop.{identity}"):
            with writing() as session:
                drop_paper(session, desk.access, identity, clock.now())
            st.rerun()


def _add(desk: Desk, material: str, title: str) -> None:
    count = st.session_state.setdefault(f"uploads.{desk.number}.{material}", 0)
    given = st.file_uploader(
        f"上传{title}", type=["pdf", "jpg", "jpeg", "png"], key=f"up.{desk.number}.{material}.{count}"
    )
    if given is None:
        return
    try:
        with writing() as session:
            add_paper(session, desk.access, material, given.name, given.getvalue(), clock.now())
    except PaperError as error:
        st.error(str(error))
        return
    st.session_state[f"uploads.{desk.number}.{material}"] = count + 1
    st.rerun()
