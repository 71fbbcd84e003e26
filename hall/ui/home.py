"""首页: what do you want to do?"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hall.content.models import Pack, ScenarioTitle
from hall.portal.guide_search import Hit, find_guides
from hall.ui import pages
from hall.ui.context import my_cases, pack
from hall.ui.text import hint
from hall.ui.words import subject_of

_CONTINUED = 3


def show() -> None:
    """The search box, the life events, and what this browser left unfinished."""
    st.title("网上办事大厅")
    st.markdown("河南省市场监督管理局。选一件事，只答与您有关的问题，得到自己的材料、步骤、时限和依据，表格替您填好。")
    phrase = st.text_input("您想办什么事？", key="search", placeholder="例如：开公司、年报、注销、搬家、年检")
    if phrase:
        _results(phrase)
    _unfinished()
    st.header("按事情找")
    content = pack()
    events = content.scenario_titles
    for pair in zip(events[::2], [*events[1::2], None], strict=False):  # row by row: on a phone the order stays
        for column, event in zip(st.columns(2), pair, strict=True):
            if event is not None:
                _event(column, event, content)


def _event(place: DeltaGenerator, event: ScenarioTitle, content: Pack) -> None:
    count = sum(each.scenario == event.id for each in content.planned_guides.values())
    with place.container(border=True):
        pages.link("scenario", f"**{event.title}**", id=event.id)
        hint(f"{event.for_ or ''} · {count} 个指南")


def _results(phrase: str) -> None:
    hits = find_guides(pack(), phrase)
    if not hits:
        st.info("没有找到。换一个说法试试，比如“执照”“名称”“年报”，或者从下面选一件事。")
        return
    for hit in hits:
        _result(hit)


def _result(hit: Hit) -> None:
    if hit.kind == "scenario":
        pages.link("scenario", f"{hit.title}（一步一步带您办）", id=hit.id)
    elif hit.written:
        pages.link("guide", hit.title, id=hit.id)
    else:
        st.markdown(f"{hit.title}　:gray[即将开通]")


def _unfinished() -> None:
    cases = my_cases(unfinished=True)[:_CONTINUED]
    if not cases:
        return
    st.header("接着办")
    for case in cases:
        named = pack().guides.get(case.guide or "") or pack().forms.get(case.form or "")
        if named is not None:
            pages.link("case", f"{named.title}（{subject_of(case) or '办件 ' + case.number}）", case=case.number)
