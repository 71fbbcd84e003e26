"""Documents of a case: seen before they are taken, made when they are asked for."""

import streamlit as st

from hall import clock
from hall.content.models import Form
from hall.documents.blocks import Layout
from hall.documents.docx import write_docx
from hall.documents.layout import DRAFT, layout_of
from hall.documents.package import package
from hall.documents.pdf import unprintable, write_pdf
from hall.documents.receipt import card_pdf
from hall.settings import settings
from hall.ui.apply.desk import Desk
from hall.ui.text import plain

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def package_button(desk: Desk, label: str) -> None:
    """All forms of the outcome with the checklist and the 一次性告知书, as one zip."""
    guide, case = desk.guide, desk.standing.case
    if guide is None or desk.course.walk.outcome is None:
        return
    st.download_button(
        label,
        lambda: package(desk.pack, guide, desk.course.walk, desk.form_values(), publish=case.publish),
        file_name=f"{guide.title}.zip",
        mime="application/zip",
        on_click="ignore",
        key=f"zip.{desk.number}.{label}",
    )


def card_button(desk: Desk, code: str) -> None:
    """The case card: number, access code, and a QR code that leads back to the case."""
    named = desk.guide or desk.form
    url = f"{settings().address}/resume?case={desk.number}"
    st.download_button(
        "下载办件卡", lambda: card_pdf(case=desk.number, code=code, guide=named.title if named else "", url=url, at=clock.now()),
        file_name=f"办件卡{desk.number}.pdf", mime="application/pdf", on_click="ignore", key=f"card.{desk.number}",
        help="印着办件编号、查询码和二维码，换设备或者到窗口时用。",
    )  # fmt: skip


def form_buttons(desk: Desk, form: Form) -> None:
    """One form: seen, printed, taken as PDF or DOCX; of a disclosed form also what the public will see."""
    with st.container(horizontal=True):
        st.markdown(f"《{plain(form.title)}》")
        if st.button("预览", key=f"see.{desk.number}.{form.id}", help=f"预览《{form.title}》"):
            preview(desk, form, public=False)
        if form.disclosed and st.button("公示版", key=f"public.{desk.number}.{form.id}.see", help="公众看到的内容"):
            preview(desk, form, public=True)
        st.download_button(
            "PDF", lambda: write_pdf(_layout(desk, form)), file_name=f"{form.title}.pdf", mime="application/pdf",
            on_click="ignore", key=f"pdf.{desk.number}.{form.id}", help=f"下载《{form.title}》PDF",
        )  # fmt: skip
        st.download_button(
            "Word", lambda: write_docx(_layout(desk, form)), file_name=f"{form.title}.docx", mime=_DOCX,
            on_click="ignore", key=f"docx.{desk.number}.{form.id}", help=f"下载《{form.title}》Word",
        )  # fmt: skip
    if lacking := unprintable(_layout(desk, form)):
        st.warning(f"PDF 的字体里没有这些字，会印成〓：{plain(lacking)}。Word 文件里有。")


@st.dialog("预览", width="large")
def preview(desk: Desk, form: Form, public: bool) -> None:
    """The pages as they will be printed."""
    content = write_pdf(_layout(desk, form, public=public, watermark=_watermark(desk)))
    st.pdf(content, height=640, key=f"seen.{desk.number}.{form.id}.{public}")
    st.markdown(f"[在新窗口打开，打印]({print_address(desk, form, public)})")


def print_address(desk: Desk, form: Form, public: bool) -> str:
    """The plain page of the PDF, from which the browser prints."""
    return f"/print/{desk.number}/{form.id}.pdf" + ("?public=1" if public else "")


def _layout(desk: Desk, form: Form, public: bool = False, watermark: str = "") -> Layout:
    case = desk.standing.case
    return layout_of(
        form, desk.pack.facts, desk.form_values(), public=public, publish=case.publish, watermark=watermark
    )


def _watermark(desk: Desk) -> str:
    """What isn't handed in is a draft."""
    return DRAFT if desk.latest is None or desk.reopened else ""
