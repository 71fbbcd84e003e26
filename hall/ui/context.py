"""What every page needs: the pack, the browser's visitor token, and proof of access to a case."""

import streamlit as st

from hall import clock
from hall.cases.access import VISITOR_COOKIE, Access, adopt, cases_of_visitor, new_code, unlock, unlock_as_visitor
from hall.cases.tables import Case
from hall.content.models import Pack
from hall.database import reading, writing
from hall.library import library

_ACCESS = "_access"
_CODES = "_codes"


def pack() -> Pack:
    """The content in force today."""
    return library().pack()


def visitor() -> str | None:
    """The token of this browser, set by the server as a cookie that scripts can't read."""
    token = st.context.cookies.get(VISITOR_COOKIE)
    return str(token) if token else None


def access_to(number: str) -> Access | None:
    """Access to a case that this session or this browser opened or unlocked, else None."""
    mine: dict[str, Access] = st.session_state.setdefault(_ACCESS, {})
    if number not in mine:
        with reading() as session:
            found = unlock_as_visitor(session, number, visitor())
        if found is None:
            return None
        mine[number] = found
    return mine[number]


def grant(access: Access, code: str | None = None) -> None:
    """Remembers in this session that a case was opened, and its code to show it."""
    st.session_state.setdefault(_ACCESS, {})[access.number] = access
    if code:
        st.session_state.setdefault(_CODES, {})[access.number] = code


def unlock_with(number: str, code: str) -> Access:
    """Opens a case by number and code for this session; CaseError when they don't fit."""
    with writing() as session:
        access = unlock(session, number, code)
        adopt(session, access, visitor())
    grant(access, code.strip().upper())
    return access


def fresh_code(access: Access) -> None:
    """A new access code in the place of the old one, for who holds the case."""
    with writing() as session:
        grant(access, new_code(session, access, clock.now()))


def code_of(number: str) -> str | None:
    """The access code, as long as this session knows it."""
    codes: dict[str, str] = st.session_state.get(_CODES, {})
    return codes.get(number)


def my_cases(unfinished: bool = False) -> list[Case]:
    """The cases of this browser, newest first; perhaps only those of which nothing was handed in."""
    with reading() as session:
        return cases_of_visitor(session, visitor(), unfinished)
