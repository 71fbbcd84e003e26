"""我的办件: a case is taken up again with its number and access code; a receipt is looked up."""

import streamlit as st

from hall.cases.errors import CaseError
from hall.ui import pages
from hall.ui.context import my_cases, pack, unlock_with
from hall.ui.text import hint
from hall.ui.words import subject_of


def show() -> None:
    """The two boxes, and what this browser has open."""
    st.title("我的办件")
    wanted = pages.asked("case") or ""
    with st.form("resume"):
        number = st.text_input("办件编号", value=wanted, placeholder="例如：20261124-ABCD2345")
        code = st.text_input("查询码", placeholder="8 位字母和数字", autocomplete="off")
        if st.form_submit_button("打开", type="primary"):
            _open(number, code)
    hint("开始办理时，页面给过您办件编号和查询码。")
    mine = my_cases()
    if mine:
        st.header("这台设备上办过的")
    for case in mine:
        named = pack().guides.get(case.guide or "") or pack().forms.get(case.form or "")
        title = named.title if named else "已停用的指南"
        pages.link("case", f"{title}（{subject_of(case) or '办件 ' + case.number}）", case=case.number)


def _open(number: str, code: str) -> None:
    try:
        access = unlock_with(number, code)
    except CaseError as error:
        st.error(str(error))
        return
    pages.go("case", case=access.number)
