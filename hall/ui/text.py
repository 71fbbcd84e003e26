"""What people typed, shown as text: no Markdown, no HTML, no link of it takes effect."""

import html
import re
from collections.abc import Iterable

import streamlit as st

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LIST = "<dl style='display:grid;grid-template-columns:minmax(8em,2fr) 3fr;gap:.35em 1em;margin:0;padding:0'>"


def plain(text: object) -> str:
    """The text for use inside Markdown, every sign of it literal (CommonMark: a backslash before punctuation)."""
    return _PUNCTUATION.sub(r"\\\1", str(text)).replace("\n", "  \n")


def definition_list(rows: Iterable[tuple[str, str]]) -> None:
    """Labels beside values, as a definition list."""
    items = "".join(
        f"<dt style='color:#4a5566;margin:0;padding:0'>{html.escape(label)}</dt>"
        f"<dd style='margin:0;overflow-wrap:anywhere;white-space:pre-wrap'>{html.escape(value)}</dd>"
        for label, value in rows
    )
    st.html(f"{_LIST}{items}</dl>")


def to_top(place: str) -> None:
    """A new place begins at its top: Streamlit keeps the scroll position of the page before.

    `place` is one of our own keys; the script runs again whenever it differs.
    """
    st.html(
        f"<script data-place='{html.escape(place, quote=True)}'>"
        "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)</script>",
        unsafe_allow_javascript=True,
    )


def hint(text: str) -> None:
    """Small print that keeps its contrast (Streamlit's captions are too pale for WCAG AA)."""
    st.markdown(f":small[:gray[{text}]]")
