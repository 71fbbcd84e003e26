"""The pages of the hall and how they hang together. Pages show; services decide."""

import streamlit as st

from hall.ui import home, pages
from hall.ui.apply import case
from hall.ui.browse import forms, guide, resume, scenario


def main() -> None:
    """One step of one session."""
    st.set_page_config(page_title="网上办事大厅", layout="centered")
    pages.register(
        home=st.Page(home.show, title="首页", default=True),
        scenario=st.Page(scenario.show, title="办一件事", url_path="scenario", visibility="hidden"),
        guide=st.Page(guide.show, title="办事指南", url_path="guide", visibility="hidden"),
        case=st.Page(case.show, title="办理", url_path="case", visibility="hidden"),
        forms=st.Page(forms.show, title="表格下载", url_path="forms"),
        resume=st.Page(resume.show, title="我的办件", url_path="resume"),
    )
    pages.run()
