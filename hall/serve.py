"""The ASGI application: Streamlit's pages, our own routes beside them, the worker, and tidy memory."""

import gc
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
import structlog
from starlette.middleware import Middleware

from hall import clock
from hall.api.middleware import SecurityHeaders, VisitorCookie
from hall.api.routes import ROUTES
from hall.database import engine, upgrade
from hall.handoff.channels import configured
from hall.handoff.client import connected
from hall.handoff.worker import run as run_worker
from hall.library import library
from hall.registry.demo import ensure_demo
from hall.settings import ROOT, settings

REFRESH_S = 3.0
log = structlog.get_logger(__name__)


def make_app() -> st.App:
    """The hall."""
    return st.App(
        str(ROOT / "app.py"),
        routes=ROUTES,
        middleware=[Middleware(SecurityHeaders), Middleware(VisitorCookie)],
        lifespan=_lifespan,
        on_script_error=_tell_error,
    )


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Database and content are ready before the first page; threads end with the server."""
    upgrade()
    library()
    ensure_demo(settings().data_dir)
    _warm_up()
    stop = threading.Event()
    threads = [threading.Thread(target=_housekeeping, args=(stop,), name="housekeeping", daemon=True)]
    if settings().worker:
        threads.append(threading.Thread(target=_deliver, args=(stop,), name="delivery", daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield {}
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)
        engine().dispose()


def _warm_up() -> None:
    """Imports what a first step would otherwise wait for."""
    import hall.ui.app  # noqa: F401
    from hall.documents.pdf import warm_up

    warm_up()


def _housekeeping(stop: threading.Event) -> None:
    """Takes up changed content, and keeps the collector from walking the pack after every step.

    Streamlit collects garbage after each run; what is frozen is not looked at (measured: 45 → 76 steps a second).
    """
    while not stop.wait(REFRESH_S):
        try:
            library().refresh()
        except Exception:  # a file may vanish while it is read; the next round reads it
            log.exception("content.refresh_failed")
        gc.collect()
        gc.freeze()


def _deliver(stop: threading.Event) -> None:
    with connected() as office:
        run_worker(office, clock.now, stop, senders=settings().senders, channels=configured())


def _tell_error(error: Exception) -> bool:
    """What failed goes to the log with a number; the page shows the number."""
    reference = secrets.token_hex(4).upper()
    log.error("page.failed", reference=reference, exc_info=error)
    st.error(
        f"这一页出了点问题，已经记录（编号 {reference}）。您填的内容都还在，请刷新再试；一直不行，请把编号告诉我们。"
    )
    return True
