"""Commands about the registry: load, find, demo."""

from pathlib import Path
from typing import Annotated, Any

import typer
from tqdm import tqdm

from hall.cli.common import Json, print_json, refuse
from hall.content.errors import HallError
from hall.registry import demo as made_up
from hall.registry.changes import change
from hall.registry.load import load as load_all
from hall.registry.store import open_registry
from hall.registry.subject import KINDS, STATUSES, Subject
from hall.settings import settings


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    registry = typer.Typer(help="经营主体登记信息：装入、查询、示范数据。", no_args_is_help=True)
    for command in (load, find, demo):
        registry.command()(command)
    app.add_typer(registry, name="registry")


def load(
    csv: Annotated[Path, typer.Argument(help="CSV 文件；列见 docs/registry.md。")],
    changes: Annotated[bool, typer.Option("--changes", help="文件里只是变动：改动的和新设的。")] = False,
    json: Json = False,
) -> None:
    """装入经营主体：整个换新，或者加入变动。装到一半停下，原来的照常可查。"""
    with _Bar() as bar:
        try:
            done = (change if changes else load_all)(csv, settings().data_dir, bar.tell)
        except HallError as error:
            refuse(str(error))
    if done.unknown:
        typer.echo(f"这些列不认识，没有用：{'、'.join(done.unknown)}", err=True)
    if done.report:
        typer.echo(f"{done.rejected} 行没有装入，行号和原因见 {done.report}", err=True)
    if json:
        print_json({"rows": done.rows, "rejected": done.rejected, "seconds": round(done.seconds, 2),
                    "report": str(done.report) if done.report else None})  # fmt: skip
    else:
        typer.echo(f"装入 {done.rows} 行，用时 {done.seconds:.1f} 秒")


def find(
    text: Annotated[str, typer.Argument(help="名称或其中几个字、统一社会信用代码、注册号、拼音或首字母。")],
    region: Annotated[str | None, typer.Option(help="行政区划代码，例如 410100（含其区县）。")] = None,
    status: Annotated[str | None, typer.Option(help=f"状态：{'、'.join(STATUSES)}")] = None,
    kind: Annotated[str | None, typer.Option(help=f"类型：{'、'.join(KINDS)}")] = None,
    year: Annotated[int | None, typer.Option(help="成立的年份。")] = None,
    limit: Annotated[int, typer.Option(min=1, help="最多几条。")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="从第几条之后起。")] = 0,
    json: Json = False,
) -> None:
    """查经营主体：先是同名的，再是开头相同的，再是含有的；存续的在前。"""
    registry = open_registry(settings().data_dir)
    if not registry.loaded:
        refuse("还没有登记信息。请先 `hall registry load CSV`。")
    try:
        found = registry.find(text, region=region, status=status, kind=kind, year=year, limit=limit, offset=offset)
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if json:
        print_json({"results": [_as_dict(each) for each in found.subjects], "milliseconds": round(found.took_ms, 3),
                    "corrected": found.corrected, "more": found.more})  # fmt: skip
        return
    if found.corrected:
        typer.echo("没有完全相符的；下面的差一个字。", err=True)
    for each in found.subjects:
        typer.echo(f"{each.uscc or each.reg_no}\t{each.name}\t{each.status_title}")
    if not found.subjects:
        typer.echo("没有查到。", err=True)


def demo(
    rows: Annotated[int, typer.Option("--rows", min=1, help="多少行。")],
    out: Annotated[Path, typer.Option("--out", help="写到哪个 CSV 文件。")],
) -> None:
    """编造经营主体，供演示和测试；名称里都有“示范”。"""
    try:
        made_up.write(out, rows)
    except OSError as error:
        refuse(f"写不了 {out}：{error.strerror or error}")
    typer.echo(f"写了 {rows} 行到 {out}", err=True)


def _as_dict(subject: Subject) -> dict[str, Any]:
    """The keys of a result in JSON."""
    return {
        "uscc": subject.uscc, "reg_no": subject.reg_no, "name": subject.name, "kind": subject.kind,
        "status": subject.status, "region": subject.region, "authority": subject.authority,
        "established": subject.established, "capital": subject.capital,
    }  # fmt: skip


class _Bar:
    """A progress bar on standard error, one for each phase."""

    def __init__(self) -> None:
        self.phase = ""
        self.bar: tqdm[Any] | None = None

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def tell(self, phase: str, done: int, total: int) -> None:
        """Moves the bar; another phase begins another one."""
        if self.bar is None or self.phase != phase:
            self.__exit__()
            self.phase, self.bar = phase, tqdm(total=total, desc=phase, unit_scale=True, mininterval=0.5)
        self.bar.update(done - self.bar.n)
