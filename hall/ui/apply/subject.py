"""找到您的企业: a case about a registered subject begins with finding it in the registry."""

import streamlit as st

from hall import clock
from hall.cases.drafts import save_subject
from hall.database import writing
from hall.journey.answers import REGISTERED
from hall.journey.why import facts_read
from hall.registry.prefill import registered_facts
from hall.registry.store import open_registry
from hall.registry.subject import Subject
from hall.settings import settings
from hall.ui import pages
from hall.ui.apply.desk import Desk
from hall.ui.text import hint, plain
from hall.ui.words import STATUS_WORDS, kind_title

_SHOWN = 8


def show(desk: Desk) -> None:
    """A box for code or name, and what it finds."""
    st.header("先找到您的主体")
    st.markdown("输入营业执照上的统一社会信用代码，或者名称。登记过的内容会自动填好，不用再填。")
    text = st.text_input("统一社会信用代码或者名称", key=f"{desk.number}.find", placeholder="例如：91 开头的 18 位代码")
    if not text.strip():
        return
    found = open_registry(settings().data_dir).find(text.strip(), limit=_SHOWN)
    if not found.subjects:
        st.error("没有找到。请对照营业执照核对代码，或者换名称里的几个字试试。")
        return
    if found.corrected:
        st.info("没有完全一样的，下面是差一个字的，请看清楚再选。")
    for subject in found.subjects:
        _candidate(desk, subject)
    if found.more:
        hint("还有更多，请多输几个字。")


def _candidate(desk: Desk, subject: Subject) -> None:
    guide = desk.guide
    with st.container(border=True):
        st.markdown(f"**{plain(subject.name)}**　:gray[{STATUS_WORDS.get(subject.status, subject.status)}]")
        hint(f"{subject.uscc or subject.reg_no} · {kind_title(desk.pack, subject.kind)} · {subject.authority or ''}")
        leads_on = guide is not None and f"{REGISTERED}subject.kind" in facts_read(desk.pack, guide)
        if guide is not None and "any" not in guide.for_ and subject.kind not in guide.for_ and not leads_on:
            st.markdown(f":gray[这件事不由{kind_title(desk.pack, subject.kind)}办理。]")
        elif subject.status in ("deregistered", "annulled"):
            st.markdown(":gray[已经注销或者撤销登记，不能办理。]")
        elif st.button("就是它", key=f"{desk.number}.take.{subject.uscc or subject.reg_no}", type="primary"):
            _take(desk, subject)


def _take(desk: Desk, subject: Subject) -> None:
    assert desk.guide is not None
    with writing() as session:
        values = registered_facts(subject, desk.pack.facts)
        save_subject(session, desk.pack, desk.guide, desk.access, values, clock.now())
    pages.go("case", case=desk.number, **desk.mode())
