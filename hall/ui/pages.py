"""Addresses of pages: links and jumps by name, with what the address bar says."""

from typing import Any

import streamlit as st
from streamlit.navigation.page import Page

from hall import clock
from hall.settings import settings

_KEY, _SHOWN = "_pages", "_shown"


def register(**named: Page) -> None:
    """Names the pages of this run."""
    st.session_state[_KEY] = named


def run() -> None:
    """Shows the page that the address names, under the banner of a replayed date."""
    chosen = st.navigation(list(st.session_state[_KEY].values()), position="top")
    if settings().today:
        st.warning(f"演示：现在按 {clock.today():%Y-%m-%d} 显示。")
    st.session_state[_SHOWN] = chosen.url_path
    chosen.run()


def link(name: str, label: str, **query: str) -> None:
    """A link to a page. Streamlit's own doesn't change the address of the page that is shown already: there, a button."""
    page = st.session_state[_KEY][name]
    if st.session_state.get(_SHOWN) != page.url_path:
        st.page_link(page, label=label, query_params=query)
    elif st.button(label, type="tertiary", key=f"link.{name}.{label}.{sorted(query.items())}"):
        go(name, **query)


def go(name: str, **query: str) -> None:
    """Jumps to a page and ends this run."""
    st.switch_page(st.session_state[_KEY][name], query_params=query)


def asked(name: str) -> str | None:
    """What the address bar says of a parameter."""
    value: Any = st.query_params.get(name)
    return str(value) if value else None
