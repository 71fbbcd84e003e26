"""Commands about mistakes: check, explain."""

import time
from collections.abc import Callable, Iterator
from typing import Annotated, Literal

import typer
from rapidfuzz import process

from hall.check.checker import Checker
from hall.check.codes import codes
from hall.check.pack import Report, check_pack, unknown_paths
from hall.check.report import github, sarif, summary
from hall.cli.common import Json, On, content_root, print_json, refuse

_PAUSE_S = 0.3
Format = Annotated[Literal["text", "github", "sarif"], typer.Option("--format", help="text、github 或者 sarif。")]
_NAMES = {"error": "错误", "warning": "提醒", "note": "附注"}


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    app.command()(check)
    app.command()(explain)


def check(
    paths: Annotated[list[str] | None, typer.Argument(help="只看这些文件、文件夹。")] = None,
    on: On = None,
    json: Json = False,
    format: Format = "text",
    watch: Annotated[bool, typer.Option("--watch", help="文件一改就再检查，Ctrl-C 结束。")] = False,
) -> None:
    """证明内容没有错：每个错误写出文件、行、列、走到那里的回答和改法。"""
    root, chosen = content_root(), tuple(paths or ())
    day = on.date() if on else None
    checker = Checker(root, halves=not watch)
    report = check_pack(root, chosen, day, checker)
    if missing := unknown_paths(root, chosen, checker.loader.built):
        typer.echo(f"没有这些定义文件：{'、'.join(missing)}", err=True)
        raise typer.Exit(2)
    _tell(report, "json" if json else format)
    if watch:
        _watch(lambda: check_pack(root, chosen, day, checker), checker, format)
    raise typer.Exit(0 if report.ok else 1)


def _tell(report: Report, form: str) -> None:
    if form == "json":
        print_json(report.as_dict())
    elif form == "sarif":
        print_json(sarif(report.findings))
    elif form == "github" and report.findings:
        typer.echo(github(report.findings))
    elif form == "text":
        for finding in report.findings:
            typer.echo(str(finding))
    guides, forms = len(report.pack.guides), len(report.pack.forms)
    typer.echo(summary(report.findings, guides, forms, report.seconds), err=True)


def _watch(again: Callable[[], Report], checker: Checker, form: str) -> None:
    typer.echo("等着文件改动……", err=True)
    try:
        for report in changes(again, checker, lambda: time.sleep(_PAUSE_S)):
            _tell(report, form)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def changes(again: Callable[[], Report], checker: Checker, wait: Callable[[], None]) -> Iterator[Report]:
    """A report after each change of the files; between two looks it waits."""
    while True:
        wait()
        if checker.loader.has_changed():
            yield again()


def explain(code: str) -> None:
    """说明一种问题是什么意思，附一错一对两个例子。"""
    found = codes().get(code)
    if found is None:
        close = process.extractOne(code, list(codes()), score_cutoff=60)
        hint = f"是不是想看 {close[0]}？" if close else ""
        refuse(f"没有“{code}”这种问题。{hint}有：{'、'.join(codes())}")
    head = f"{code}：{found.title}（{_NAMES[found.severity]}）\n{found.meaning}"
    typer.echo(f"{head}\n\n错：\n{found.wrong.rstrip()}\n\n对：\n{found.right.rstrip()}")
