"""Papers that go with an application: added here, looked at by content, put in order, kept with the case."""

import streamlit as st

from hall import clock
from hall.cases.papers import PICTURES, add_paper, as_attachment, drop_paper, join_pictures, move_up, papers_of
from hall.cases.tables import Upload
from hall.content.errors import HallError
from hall.database import reading, writing
from hall.documents.attachments import LIMITS
from hall.documents.notice import material_title
from hall.documents.receipt import size_text
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
    hint(f"可以现在上传照片、PDF 或者 Word（每份不超过 {size_text(LIMITS.file_size)}），也可以以后带到窗口。")
    with reading() as session:
        added = papers_of(session, desk.access)
    for each in due:
        mine = [paper for paper in added if paper.material == each.material.id]
        title = material_title(desk.pack, each)
        with st.expander(plain(title), expanded=bool(mine)):
            _material(desk, each.material.id, title, mine)


def _material(desk: Desk, material: str, title: str, mine: list[Upload]) -> None:
    for index, paper in enumerate(mine):
        _added(desk, paper, is_first=index == 0)
    pictures = sum(paper.media_type in PICTURES for paper in mine)
    if pictures > 1 and st.button(f"把这 {pictures} 张照片按顺序合成一个 PDF", key=f"join.{desk.number}.{material}"):
        _do(lambda session: join_pictures(session, desk.access, material, title, clock.now()))
    _add(desk, material, title)


def _added(desk: Desk, paper: Upload, is_first: bool) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(plain(_summary(paper)))
        if not is_first and st.button("上移", key=f"up.{paper.id}"):
            _do(lambda session: move_up(session, desk.access, paper.id or 0))
        if st.button("删去", key=f"drop.{paper.id}"):
            _do(lambda session: drop_paper(session, desk.access, paper.id or 0, clock.now()))


def _summary(paper: Upload) -> str:
    """Name, kind, pages and size; read from the file once in a session."""
    known: dict[str, str] = st.session_state.setdefault("_papers", {})
    key = f"{paper.sha256}{paper.name}"
    if key not in known:
        known[key] = as_attachment(paper).summary
    return known[key]


def _add(desk: Desk, material: str, title: str) -> None:
    count = st.session_state.setdefault(f"uploads.{desk.number}.{material}", 0)
    for said in st.session_state.get(f"refused.{desk.number}.{material}", ()):
        st.error(plain(said))
    given = st.file_uploader(
        f"上传{title}", type=["pdf", "jpg", "jpeg", "png", "docx"], accept_multiple_files=True,
        key=f"upload.{desk.number}.{material}.{count}",
    )  # fmt: skip
    if not given:
        return
    st.session_state[f"uploads.{desk.number}.{material}"] = count + 1
    refused = []
    for each in given:
        try:
            with writing() as session:
                add_paper(session, desk.access, material, each.name, each.getvalue(), clock.now())
        except HallError as error:
            refused.append(str(error))
    st.session_state[f"refused.{desk.number}.{material}"] = refused
    st.rerun()


def _do(act) -> None:  # type: ignore[no-untyped-def]
    """One change of the papers in a transaction; what is refused is said."""
    try:
        with writing() as session:
            act(session)
    except HallError as error:
        st.error(plain(error))
        return
    st.rerun()
