"""Commands about the hand-off: deliver, reconcile, parked, receipt, backoffice."""

import threading
from pathlib import Path
from typing import Annotated

import typer

from hall import clock
from hall.cases.receipts import is_mistyped, verify_receipt
from hall.cli.common import Json, print_json, refuse
from hall.content.errors import HallError
from hall.database import upgrade, writing
from hall.handoff.channels import configured, dispatch
from hall.handoff.client import Trouble, connected
from hall.handoff.parked import give_back
from hall.handoff.parked import parked as parked_of
from hall.handoff.parked import retry as retry_parked
from hall.handoff.reconcile import compare, repair
from hall.handoff.signing import key_id, private_keys, read_jwks, receipt_keys, webhook_secrets
from hall.handoff.worker import deliver_all, run
from hall.settings import settings


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    for command in (deliver, reconcile, parked, receipt, backoffice):
        app.command()(command)


def deliver(
    once: Annotated[bool, typer.Option("--once", help="送到队列空了或者都在等，就结束。")] = False, json: Json = False
) -> None:
    """把已提交的送往后台，取回反馈，发出通知。"""
    upgrade()
    with connected() as office:
        if not once:
            run(office, clock.now, threading.Event(), senders=settings().senders, channels=configured())
            return
        counts = deliver_all(office, clock.now, settings().senders)
    dispatch(configured(), clock.now)
    if json:
        print_json(counts)
    else:
        typer.echo(f"送达 {counts['delivered']}，等待 {counts['waiting']}，需要人工处理 {counts['parked']}")


def reconcile(
    check: Annotated[bool, typer.Option("--check", help="只比对，不修复。")] = False, json: Json = False
) -> None:
    """把大厅的账和后台的账对一遍，能修复的修复；每晚运行。账不符时以 1 结束，再运行一次看修复的结果。"""
    upgrade()
    try:
        with connected() as office:
            report = compare(office, clock.now())
            repaired = [] if check or report.agree else repair(office, report, clock.now())
            if repaired:
                deliver_all(office, clock.now, settings().senders)
    except Trouble as error:
        refuse(f"对不了账：{error}")
    if json:
        print_json({**report.as_dict(), "repaired": [each.as_dict() for each in repaired]})
    else:
        for title, items in (("后台缺", report.missing), ("后台多", report.extra), ("不一致", report.different)):
            for item in items:
                mended = "，已处理" if item in repaired else ""
                typer.echo(f"{title}  {item.receipt or item.submission}  {item.what}{mended}")
        typer.echo(f"比对 {report.compared} 件，{'账目相符' if report.agree else '账目不符'}", err=True)
    raise typer.Exit(0 if report.agree else 1)


def parked(
    retry: Annotated[bool, typer.Option("--retry", help="全部重新投递。")] = False,
    back: Annotated[int | None, typer.Option("--return", help="退回给申请人的一件的编号。")] = None,
    note: Annotated[str, typer.Option("--note", help="退回的原因和要改什么，申请人会看到。")] = "",
    json: Json = False,
) -> None:
    """没有送成、要人处理的：列出来，重新投递，或者退回申请人。"""
    upgrade()
    try:
        with writing() as session:
            if back is not None:
                give_back(session, back, note, clock.now(), "command line")
            done = retry_parked(session, clock.now(), "command line") if retry else 0
            rows = parked_of(session)
    except HallError as error:
        refuse(str(error))
    if json:
        print_json({"retried": done, "parked": [vars(row) | {"since": row.since.isoformat()} for row in rows]})
        return
    if retry:
        typer.echo(f"{done} 件重新投递", err=True)
    for row in rows:
        typer.echo(f"{row.id}\t{row.receipt}\t试过 {row.attempts} 次\t{row.reason}")


def receipt(
    given: Annotated[str, typer.Argument(help="回执号，或者回执上二维码里签名的内容。")],
    keys: Annotated[Path | None, typer.Option("--keys", help="大厅的公钥文件（JWKS）；不写用本机的钥匙。")] = None,
    json: Json = False,
) -> None:
    """查验一份回执：签名不用联网就能验；只有号码的，验校验位。"""
    if "." not in given:
        if is_mistyped(given):
            refuse("回执号没有输对：校验位不符。")
        typer.echo("号码没有输错。真伪请在回执查验页查，或者用签名验。")
        return
    try:
        known = read_jwks(keys.read_text()) if keys else {
            key_id(key.public_key()): key.public_key() for key in receipt_keys()}  # fmt: skip
        proven = verify_receipt(given.rpartition("#")[2], known)
    except (HallError, OSError, ValueError) as error:
        refuse(f"验不了：{error}")
    found = {"receipt": proven.receipt, "sha256": proven.sha256, "at": proven.at.isoformat()}
    if json:
        print_json(found)
    else:
        typer.echo(
            f"真实有效：回执 {proven.receipt}，{proven.at.astimezone(clock.AUTHORITY_ZONE):%Y-%m-%d %H:%M:%S} 提交"
        )
        typer.echo(f"内容摘要（SHA-256）{proven.sha256}")


def backoffice(
    port: Annotated[int, typer.Option(help="端口。")] = 8601,
    slow: Annotated[float, typer.Option(help="每次回答前等几秒。")] = 0,
    fail: Annotated[float, typer.Option(min=0, max=1, help="有多大比例的请求回答 503。")] = 0,
    throttle: Annotated[float, typer.Option(min=0, max=1, help="有多大比例回答 429。")] = 0,
    act_then_fail: Annotated[float, typer.Option(min=0, max=1, help="有多大比例收下了却回答 500。")] = 0,
    half: Annotated[float, typer.Option(min=0, max=1, help="有多大比例只回答一半。")] = 0,
    wrong: Annotated[float, typer.Option(min=0, max=1, help="有多大比例答错回执。")] = 0,
    push: Annotated[
        str, typer.Option(help="把反馈推送到大厅的这个地址，例如 http://127.0.0.1:8501/api/feedback。")
    ] = "",
) -> None:
    """启动参考后台；在 /desk 受理、要求补正或者驳回。"""
    import uvicorn

    from hall.backoffice.app import make_app
    from hall.backoffice.desk import is_clerk
    from hall.backoffice.faults import Faults
    from hall.backoffice.push import Pusher
    from hall.backoffice.store import Store

    folder = settings().data_dir
    app = make_app(
        Store(folder / "backoffice.db"),
        [key.public_key() for key in private_keys()],
        Faults(slow, fail, throttle, act_then_fail, half, wrong),
        lambda name, password: is_clerk(name, password, folder),
        Pusher(push, webhook_secrets()[0]) if push else None,
    )
    typer.echo(f"后台在 http://127.0.0.1:{port}/desk", err=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
