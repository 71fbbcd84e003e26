"""One field: a widget for each kind of fact, saved as soon as it is left, with what is wrong beside it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from hall import clock
from hall.cases.drafts import save_choice, save_field
from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import parse, to_json
from hall.database import writing
from hall.journey.answers import REGISTERED
from hall.journey.course import Ask
from hall.ui.apply.desk import Desk
from hall.ui.text import hint, plain
from hall.ui.words import ORIGINS, answer

MOST_RADIOS, MOST_OFFERED = 7, 6
_TYPES = {"phone": "phone"}  # the browser's own checks of others would keep a wrong value from us
_HINTS = {"date": "例如 2026-05-01", "year": "例如 2025", "phone": "手机 11 位；座机带区号，如 0371-65500000"}


def field(desk: Desk, ask: Ask, is_wrong: bool, heading: bool = False) -> None:
    """The widget of a fact that isn't a group."""
    fact, raw = ask.fact, raw_of(desk, ask.fact)
    key = f"{desk.number}.{fact.id}"
    label = label_of(ask)
    if heading:
        st.header(fact.asks)
    before = desk.course.known(f"{REGISTERED}{fact.id}") if ask.changes else None
    if before is not None:
        hint(f"原来登记的是：{plain(answer(desk.pack, fact, before))}。下面填要变更成的。")
    with st.container(border=False):
        offered = suggestions(desk, fact)
        shown = fact.model_copy(update={"required": ask.required})
        widget(desk, shown, key, label, raw, lambda value: _save(desk, fact, value), heading, offered)
        remarks(desk, fact, raw, is_wrong)
        _publicity(desk, ask)


def label_of(ask: Ask) -> str:
    """The label, with the unit and whether it may stay empty."""
    fact = ask.fact
    text = ask.label or (fact.asks if ask.why is not None else fact.title)
    unit = fact.unit or ("万元" if fact.kind == "money" else "")
    text += f"（{unit}）" if unit and unit not in text else ""
    return text if ask.required or fact.kind == "choices" else f"{text}（选填）"


def raw_of(desk: Desk, fact: Fact) -> Any:
    """What stands in the field: what was typed and isn't accepted, else the answer as JSON."""
    if fact.id in desk.standing.drafts:
        return desk.standing.drafts[fact.id]
    return to_json(desk.standing.values.get(fact.id))


def remarks(desk: Desk, fact: Fact, raw: Any, is_wrong: bool) -> None:
    """What is wrong, what was read differently, and where a prefilled value is from."""
    if fact.id in desk.standing.drafts:
        try:
            parse(fact, raw)
        except AnswerError as error:
            st.markdown(f":red[**请改一下**：{plain(error)}]")
    elif is_wrong:
        st.markdown(f":red[**还没有填**：{'请选一项' if fact.options or fact.kind == 'yes-no' else '这一项要填'}。]")
    origin = desk.standing.case.origins.get(fact.id)
    if origin in ORIGINS:
        hint(f"{ORIGINS[origin]}，已替您填好。")
    remark = st.session_state.get(f"remark.{desk.number}.{fact.id}")
    if remark:
        hint(remark)


def widget(
    desk: Desk, fact: Fact, key: str, label: str, raw: Any, save: Callable[[Any], None], hide_label: bool = False,
    offered: list[str] | None = None,
) -> None:  # fmt: skip
    """Draws the widget of a fact's kind; `save` gets what was typed or chosen, in the shape that `parse` takes."""
    visibility = "collapsed" if hide_label else "visible"
    common: dict[str, Any] = {"key": key, "help": fact.help, "label_visibility": visibility}
    if fact.kind == "choices":
        _checkboxes(fact, key, label, raw, save, hide_label)
        return
    options = _options(desk, fact)
    if key not in st.session_state:
        st.session_state[key] = _shown(fact, raw, options)
    common["on_change"] = lambda: save(st.session_state[key])
    if options is not None:
        _choose(label, options, fact, common)
    elif fact.kind == "paragraph":
        st.text_area(label, placeholder=_example(fact), height=120, **common)
    else:
        common["type"] = _TYPES.get(fact.kind, "default")
        st.text_input(label, placeholder=_example(fact), **common)
        if offered and not st.session_state[key]:
            _offer(key, offered, save)


def _offer(key: str, offered: list[str], save: Callable[[Any], None]) -> None:
    """What was given elsewhere, one press away. (A select box that takes new values loses what one tabs away from.)"""
    with st.container(horizontal=True):
        for index, value in enumerate(offered[:MOST_OFFERED]):
            st.button(f"用“{plain(value)}”", key=f"{key}.offer.{index}", type="tertiary", on_click=_use,
                      args=(key, value, save))  # fmt: skip


def _use(key: str, value: str, save: Callable[[Any], None]) -> None:
    st.session_state[key] = value
    save(value)


def suggestions(desk: Desk, fact: Fact) -> list[str]:
    """Values already given elsewhere for what is the same thing: a person in several roles is typed once."""
    found: list[str] = []
    for source in fact.suggest:
        value = desk.course.known(source)
        found += [str(each) for each in (value if isinstance(value, tuple) else (value,)) if each]
    return list(dict.fromkeys(found))


def _save(desk: Desk, fact: Fact, raw: Any) -> None:
    value = raw.strip() if isinstance(raw, str) else raw
    with writing() as session:
        saved = save_field(session, desk.access, fact, value, clock.now())
    st.session_state[f"remark.{desk.number}.{fact.id}"] = saved.remark


def _options(desk: Desk, fact: Fact) -> dict[Any, str] | None:
    """Value to title for kinds that are chosen; None for kinds that are typed."""
    if fact.kind == "yes-no":
        return {True: "是", False: "否"}
    if fact.kind == "region":
        return dict(desk.pack.regions)
    return {key: each.title for key, each in fact.options.items()} if fact.kind == "choice" else None


def _choose(label: str, options: dict[Any, str], fact: Fact, common: dict[str, Any]) -> None:
    keys = list(options)
    if len(keys) > MOST_RADIOS:
        st.selectbox(label, keys, index=None, format_func=options.__getitem__, placeholder="请选择", **common)
        return
    helps = [fact.options[key].help or "" if key in fact.options else "" for key in keys]
    captions = helps if any(helps) else None
    st.radio(label, keys, index=None, format_func=options.__getitem__, captions=captions, **common)


def _checkboxes(fact: Fact, key: str, label: str, raw: Any, save: Callable[[Any], None], hide_label: bool) -> None:
    """One box for each option; none ticked means none of them."""
    chosen = set(raw) if isinstance(raw, list) else set()
    if not hide_label:
        st.markdown(label)
    if fact.help:
        hint(fact.help)
    for option, each in fact.options.items():
        box = f"{key}.{option}"
        if box not in st.session_state:
            st.session_state[box] = option in chosen
        st.checkbox(each.title, key=box, help=each.help, on_change=_save_boxes, args=(fact, key, save))
    if not fact.required:
        hint("都没有的，不用勾选，直接继续。")


def _save_boxes(fact: Fact, key: str, save: Callable[[Any], None]) -> None:
    save([option for option in fact.options if st.session_state.get(f"{key}.{option}")])


def _publicity(desk: Desk, ask: Ask) -> None:
    """Who will see it; where the reporter chooses, the choice."""
    if ask.public != "optional":
        return
    save_publicity_box(desk, ask.fact.id, "向社会公示这一项")


def save_publicity_box(desk: Desk, fact_id: str, label: str) -> None:
    """The reporter's choice whether a fact is public; hidden unless ticked."""
    key = f"public.{desk.number}.{fact_id}"
    if key not in st.session_state:
        st.session_state[key] = fact_id in desk.standing.case.publish
    st.checkbox(label, key=key, on_change=_save_publicity, args=(desk, fact_id, key))


def _save_publicity(desk: Desk, fact_id: str, key: str) -> None:
    with writing() as session:
        save_choice(session, desk.access, fact_id, st.session_state[key], clock.now())


def _shown(fact: Fact, raw: Any, options: dict[Any, str] | None) -> Any:
    """The stored value as the widget has it."""
    if options is not None:
        return raw if raw in options else None
    return "" if raw is None else str(raw)


def _example(fact: Fact) -> str | None:
    if fact.kind in _HINTS:
        return _HINTS[fact.kind]
    return f"例如 {fact.example}" if fact.example is not None and not fact.personal and not fact.sensitive else None
