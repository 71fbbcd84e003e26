"""Repeating groups, such as one to fifty shareholders: a line for each row, one row open at a time."""

from typing import Any

import streamlit as st

from hall import clock
from hall.cases.drafts import read_row, save_cell, save_rows
from hall.cases.errors import CaseError
from hall.content.conditions import holds
from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import parse
from hall.database import writing
from hall.journey.course import Ask
from hall.ui.apply.desk import Desk
from hall.ui.apply.fields import label_of, raw_of, save_publicity_box, suggestions, widget
from hall.ui.text import hint, plain
from hall.ui.words import ORIGINS, row_summary

Row = dict[str, Any]


def rows(desk: Desk, ask: Ask, is_wrong: bool, heading: bool = False) -> None:
    """The group's rows with buttons to change, remove and add."""
    group, every = ask.fact, stored(desk, ask.fact)
    if said := st.session_state.pop(_stale(desk, group), None):
        st.warning(said)
    if heading:
        st.header(group.asks)
    else:
        st.markdown(f"**{label_of(ask)}**")
    if group.help:
        hint(group.help)
    _who_sees(desk, ask)
    open_row = _open_row(desk, ask, every)
    for index, row in enumerate(every):
        _row(desk, ask, every, index, row, index == open_row, is_wrong)
    if open_row == len(every):
        _row(desk, ask, every, open_row, {}, True, is_wrong)
    elif _may_grow(ask, every) and st.button(f"再加一{_counter(group)}", key=f"add.{desk.number}.{group.id}"):
        _open(desk, group, len(every))
        st.rerun()
    if len(every) > 1:
        hint(f"共 {len(every)} {_counter(group)}。")
    if is_wrong and not every:
        st.markdown(":red[**还没有填**：至少填一行。]")


def stored(desk: Desk, group: Fact) -> list[Row]:
    """The rows as typed."""
    raw = raw_of(desk, group)
    return [dict(row) for row in raw] if isinstance(raw, list) else []


def _row(desk: Desk, ask: Ask, every: list[Row], index: int, row: Row, is_open: bool, is_wrong: bool) -> None:
    group = ask.fact
    wrong = row_errors(group, row, _asked(ask, row))
    with st.container(border=True):
        if not is_open:
            _closed(desk, ask, every, index, row, wrong)
            return
        st.markdown(f"**{group.title}（{index + 1}）**")
        tried = is_wrong or st.session_state.get(_tried(desk, group)) == index
        for name in _asked(ask, row):
            error = wrong.get(name) if tried or row.get(name) not in (None, "", []) else None
            _field(desk, ask, every, index, name, error)
        with st.container(horizontal=True):
            if st.button("填好了", key=_key(desk, group, index, "done")):
                following = _next_open(ask, every, index)
                st.session_state[_tried(desk, group)] = index if following == index else None
                _open(desk, group, following)
                st.rerun()
            if not _fixed(ask) and index < len(every) and st.button("删去这一行", key=_key(desk, group, index, "drop")):
                _remove(desk, group, every, index)


def _closed(desk: Desk, ask: Ask, every: list[Row], index: int, row: Row, wrong: dict[str, str]) -> None:
    group = ask.fact
    st.markdown(f"{index + 1}. {plain(row_summary(desk.pack, group, read_row(group, row))) or '（还没有填）'}")
    if wrong:
        st.markdown(f":red[**还差**：{plain('；'.join(wrong.values()))}]")
    with st.container(horizontal=True):
        if st.button("修改", key=_key(desk, group, index, "edit")):
            _open(desk, group, index)
            st.rerun()
        if not _fixed(ask) and st.button("删去", key=_key(desk, group, index, "remove")):
            _remove(desk, group, every, index)


def _field(desk: Desk, ask: Ask, every: list[Row], index: int, name: str, error: str | None) -> None:
    group, field = ask.fact, ask.fact.of[name]
    raw = every[index].get(name) if index < len(every) else None
    unit = field.unit or ("万元" if field.kind == "money" else "")
    label = f"{field.title}（{unit}）" if unit and unit not in field.title else field.title
    label = label if field.required else f"{label}（选填）"

    def save(value: Any) -> None:
        _save(desk, group, every, index, name, value)

    widget(desk, field, _key(desk, group, index, name), label, raw, save, False, suggestions(desk, field))
    if error:
        st.markdown(f":red[**请改一下**：{plain(error)}]")


def row_errors(group: Fact, row: Row, names: list[str]) -> dict[str, str]:
    """What is wrong or missing in a row, by field."""
    wrong: dict[str, str] = {}
    for name in names:
        field, raw = group.of[name], row.get(name)
        if raw in (None, "", []):
            if field.required:
                wrong[name] = f"“{field.title}”没有填"
            continue
        try:
            parse(field, raw)
        except AnswerError as error:
            wrong[name] = str(error)
    return wrong


def _asked(ask: Ask, row: Row) -> list[str]:
    """The fields asked here for this row, some only under a condition."""
    values = read_row(ask.fact, row)
    names = ask.columns or [name for name, field in ask.fact.of.items() if not field.on_form]
    return [name for name in names if name in ask.fact.of and holds(ask.fact.of[name].when, values.get)]


def _save(desk: Desk, group: Fact, every: list[Row], index: int, name: str, value: Any) -> None:
    """Saves one field of one row; when the rows were changed in another window, says so instead."""
    text = value.strip() if isinstance(value, str) else value
    try:
        with writing() as session:
            every[:] = save_cell(session, desk.access, group, every, index, name, text, clock.now())
    except CaseError as error:
        _show_anew(desk, group, str(error))


def _remove(desk: Desk, group: Fact, every: list[Row], index: int) -> None:
    """Takes a row out; the widgets of those behind it get new names, since their rows moved up."""
    try:
        with writing() as session:
            save_rows(session, desk.access, group, every, [*every[:index], *every[index + 1 :]], clock.now())
    except CaseError as error:
        _show_anew(desk, group, str(error))
        st.rerun()
    _show_anew(desk, group, None)
    st.rerun()


def _show_anew(desk: Desk, group: Fact, said: str | None) -> None:
    """Widgets with new names, since the rows behind them moved; and why."""
    st.session_state[f"generation.{desk.number}.{group.id}"] = _generation(desk, group) + 1
    st.session_state[_stale(desk, group)] = said
    _open(desk, group, None)


def _stale(desk: Desk, group: Fact) -> str:
    return f"stale.{desk.number}.{group.id}"


def _tried(desk: Desk, group: Fact) -> str:
    return f"tried-row.{desk.number}.{group.id}"


def _open_row(desk: Desk, ask: Ask, every: list[Row]) -> int | None:
    """The open row; at first, the first one that lacks something, or a new one when there is none."""
    key = f"open.{desk.number}.{ask.fact.id}.{'.'.join(ask.columns)}"
    st.session_state[f"open-key.{desk.number}.{ask.fact.id}"] = key
    if key not in st.session_state:
        st.session_state[key] = _first_lacking(ask, every, 0) if every else 0
    index: int | None = st.session_state[key]
    return index


def _next_open(ask: Ask, every: list[Row], index: int) -> int | None:
    """After a row: stay while it lacks something, else the next one that does."""
    if index < len(every) and row_errors(ask.fact, every[index], _asked(ask, every[index])):
        return index
    return _first_lacking(ask, every, index + 1)


def _first_lacking(ask: Ask, every: list[Row], start: int) -> int | None:
    lacking = (i for i in range(start, len(every)) if row_errors(ask.fact, every[i], _asked(ask, every[i])))
    return next(lacking, None)


def _open(desk: Desk, group: Fact, index: int | None) -> None:
    st.session_state[st.session_state[f"open-key.{desk.number}.{group.id}"]] = index


def _who_sees(desk: Desk, ask: Ask) -> None:
    origin = desk.standing.case.origins.get(ask.fact.id)
    if origin in ORIGINS:
        hint(f"{ORIGINS[origin]}，已替您填好，请核对并补齐。")
    if ask.public == "optional":
        save_publicity_box(desk, ask.fact.id, "向社会公示这一栏")


def _may_grow(ask: Ask, every: list[Row]) -> bool:
    most = ask.fact.at_most
    return not _fixed(ask) and (not isinstance(most, int) or len(every) < most)


def _fixed(ask: Ask) -> bool:
    """Rows that a question listed before are completed here, not added to."""
    return bool(ask.columns) and all(ask.fact.of[name].on_form for name in ask.columns)


def _counter(group: Fact) -> str:
    return "位" if "name" in group.of and group.of["name"].personal else "行"


def _generation(desk: Desk, group: Fact) -> int:
    return int(st.session_state.get(f"generation.{desk.number}.{group.id}", 0))


def _key(desk: Desk, group: Fact, index: int, name: str) -> str:
    return f"{desk.number}.{group.id}.{_generation(desk, group)}.{index}.{name}"
