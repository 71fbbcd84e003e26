"""Documents of a case, made when they are asked for."""

import streamlit as st

from hall.content.models import Form
from hall.documents.docx import write_docx
from hall.documents.layout import layout_of
from hall.documents.package import package
from hall.documents.pdf import write_pdf
from hall.ui.apply.desk import Desk

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def package_button(desk: Desk, label: str) -> None:
    """All forms of the outcome with the checklist and the 一次性告知书, as one zip."""
    guide = desk.guide
    if guide is None or desk.course.walk.outcome is None:
        return
    st.download_button(
        label,
        lambda: package(desk.pack, guide, desk.course.walk, desk.form_values()),
        file_name=f"{guide.title}.zip",
        mime="application/zip",
        on_click="ignore",
        key=f"zip.{desk.number}.{label}",
    )


def form_buttons(desk: Desk, form: Form) -> None:
    """One form, filled, as PDF and DOCX."""
    values, facts = desk.form_values(), desk.pack.facts
    with st.container(horizontal=True):
        st.markdown(f"《{form.title}》")
        st.download_button(
            "PDF", lambda: write_pdf(layout_of(form, facts, values)), file_name=f"{form.title}.pdf",
            mime="application/pdf", on_click="ignore", key=f"pdf.{desk.number}.{form.id}", help=f"下载《{form.title}》PDF",
        )  # fmt: skip
        st.download_button(
            "Word", lambda: write_docx(layout_of(form, facts, values)), file_name=f"{form.title}.docx",
            mime=_DOCX, on_click="ignore", key=f"docx.{desk.number}.{form.id}", help=f"下载《{form.title}》Word",
        )  # fmt: skip
