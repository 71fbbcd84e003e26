"""办事指南: who, what one gets, materials, time limit, legal basis, where; and the button that starts."""

import streamlit as st

from hall import clock
from hall.cases.access import Access, open_case
from hall.content.models import Guide, Pack
from hall.database import writing
from hall.documents.notice import basis_lines, limit_text
from hall.journey.why import form_title
from hall.ui import pages
from hall.ui.browse.carried import read
from hall.ui.context import grant, pack, visitor
from hall.ui.text import hint

KINDS = {
    "company": "公司", "non-company-enterprise": "非公司企业法人", "partnership": "合伙企业",
    "sole-proprietorship": "个人独资企业", "farmers-cooperative": "农民专业合作社",
    "individual-business": "个体工商户", "branch": "分支机构", "any": "各类经营主体和个人",
}  # fmt: skip
UNSURE = "以登记机关答复为准：本指南的部分内容还没有经登记机关逐项核对。"
BY = {"applicant": "申请人", "registration-authority": "登记机关"}


def show() -> None:
    """The page of `?id=…`."""
    content, guide_id = pack(), pages.asked("id") or ""
    guide = content.guides.get(guide_id)
    if guide is None:
        _not_there(content, guide_id)
        return
    st.title(guide.title)
    if guide.summary:
        st.markdown(guide.summary)
    if guide.successor:
        _successor(content, guide)
        return
    if guide.confidence != "high":
        st.info(UNSURE)
    if st.button("开始办理", type="primary", key="start"):
        _start(content, guide)
    hint("不用注册。办理途中随时可以离开，凭办件编号和查询码接着办。")
    _facts(content, guide)
    _materials(content, guide)
    _lists(content, guide)


def _not_there(content: Pack, guide_id: str) -> None:
    planned = content.planned_guides.get(guide_id)
    st.title(planned.title if planned else "没有这个指南")
    st.info("这个指南即将开通。" if planned else "它可能已经停用，或者地址不完整。")
    pages.link("home", "回到首页，换一个说法找找")


def _successor(content: Pack, guide: Guide) -> None:
    target = content.guides.get(guide.successor or "")
    st.info("这个办法已经由新的办法代替。")
    if target:
        pages.link("guide", f"看新的：{target.title}", id=target.id)


def _start(content: Pack, guide: Guide) -> None:
    """A new case, with what the address bar carries from a life event."""
    known = read(content.facts, st.query_params.to_dict())
    with writing() as session:
        case, code = open_case(session, guide, clock.now(), visitor=visitor(), known_already=known)
    grant(Access(case.number), code)
    pages.go("case", case=case.number)


def _facts(content: Pack, guide: Guide) -> None:
    rows = [
        ("谁来办", "、".join(KINDS.get(each, each) for each in guide.for_)),
        ("办成得到", "；".join(each.say for each in guide.result)),
        ("时限", "；".join(limit_text(each) for each in guide.time_limit)),
        ("收费", "；".join("不收费" if each.say == "none" else each.say for each in guide.fee)),
        ("在哪里办", "；".join(_office(content, each.office) for each in guide.handled_by)),
        ("依据", "；".join(basis_lines(content, guide.basis))),
    ]
    with st.container(border=True):
        for label, text in rows:
            if text:
                st.markdown(f"**{label}**：{text}")


def _office(content: Pack, office: str) -> str:
    authority = content.authorities.get(office)
    if authority is None:
        return office
    return f"{authority.title}（{authority.help}）" if authority.help else authority.title


def _materials(content: Pack, guide: Guide) -> None:
    st.header("要准备的材料")
    hint("标“按情况”的，只有您的情况需要时才要；回答几个问题就知道。")
    for material in guide.materials:
        name = material.name or form_title(content, material.form)
        marks = [
            "按情况" if material.when else "",
            "原件" if material.original else "",
            "在线填表" if material.form in content.forms else "",
        ]
        st.markdown(f"- {name}" + "".join(f"　:gray[{mark}]" for mark in marks if mark))


def _lists(content: Pack, guide: Guide) -> None:
    if guide.steps:
        st.header("怎么办")
        by = {**{key: each.title for key, each in content.authorities.items()}, **BY}
        st.markdown(
            "\n".join(f"{n}. **{by.get(step.by, step.by)}**：{step.do}" for n, step in enumerate(guide.steps, 1))
        )
    if guide.mistakes:
        st.header("容易出错的地方")
        st.markdown("\n".join(f"- {mistake}" for mistake in guide.mistakes))
    related = [content.guides[each] for each in guide.related if each in content.guides]
    if related:
        st.header("相关指南")
        for each in related:
            pages.link("guide", each.title, id=each.id)
