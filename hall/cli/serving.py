"""The command that runs the hall."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from hall.settings import settings

DEMO_PORT = 8601


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    app.command()(serve)


def serve(
    demo: Annotated[bool, typer.Option(help="同时启动参考后台，并打印演示数据。")] = False,
    port: Annotated[int | None, typer.Option(help="端口；不写用 HALL_PORT。")] = None,
) -> None:
    """启动大厅；投递在同一个进程里，除非 HALL_WORKER=false。"""
    import uvicorn

    from hall.serve import make_app

    if port is not None:
        settings().port = port
    config = uvicorn.Config(
        make_app(),
        host=settings().host,
        port=settings().port,
        log_level="warning",
        access_log=False,
        ws_per_message_deflate=False,
    )
    with _demo_office() if demo else _nothing():
        uvicorn.Server(config).run()


@contextmanager
def _demo_office() -> Iterator[None]:
    """The reference back office, for as long as the hall runs."""
    from hall.demo import introduce

    command = [sys.executable, "-m", "hall", "backoffice", "--port", str(DEMO_PORT)]
    office = subprocess.Popen(command)
    try:
        typer.echo(introduce(DEMO_PORT), err=True)
        yield
    finally:
        office.terminate()
        office.wait(timeout=10)


@contextmanager
def _nothing() -> Iterator[None]:
    yield
