"""表格下载: every form, blank to print or filled in on the spot, without a guide."""

import streamlit as st

from hall import clock
from hall.cases.access import Access, open_case
from hall.content.models import Form
from hall.database import writing
from hall.ui import pages
from hall.ui.context import grant, pack, visitor

FAMILIES = {
    "registration": "登记申请", "personnel": "人员与出资", "commitment": "承诺与委托", "template": "参考文本",
    "pledge": "股权出质", "closing": "歇业与注销", "annual-report": "年度报告", "credit": "信用",
    "food-drug": "食品、药品、器械", "quality": "特种设备、计量、质量", "trade": "网络经营、广告、合同",
    "consumer": "消费维权", "government": "公开与复议",
}  # fmt: skip


def show() -> None:
    """The list, narrowed by what is typed; or one form with `?id=…`."""
    st.title("表格下载")
    st.markdown("空白表可以直接打印；“在线填写”会替您检查，填好后下载 Word 或者 PDF。要提交办理的，请从指南开始。")
    phrase = st.text_input("表格名称", key="forms.search", placeholder="例如：授权委托书")
    content = pack()
    chosen = [each for each in content.forms.values() if phrase.strip() in each.title]
    if not chosen:
        st.info("没有这个名称的表格，换几个字试试。")
    for family, title in FAMILIES.items():
        mine = [each for each in chosen if each.family == family]
        if mine:
            st.header(title)
        for form in mine:
            _form(form)


def _form(form: Form) -> None:
    with st.container(border=True):
        st.markdown(f"**{form.title}**")
        with st.container(horizontal=True):
            st.markdown(f"[空白表 PDF](/download/form/{form.id}.pdf)")
            st.markdown(f"[空白表 Word](/download/form/{form.id}.docx)")
            st.markdown(f"[示范文本](/download/form/{form.id}.pdf?sample=1)")
            if st.button("在线填写", key=f"fill.{form.id}"):
                _fill(form)


def _fill(form: Form) -> None:
    with writing() as session:
        case, code = open_case(session, None, clock.now(), form=form, visitor=visitor())
    grant(Access(case.number), code)
    pages.go("case", case=case.number)
