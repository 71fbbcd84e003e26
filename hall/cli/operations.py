"""Commands about cases and the hand-off: submit, status, deliver, backoffice."""

import threading
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from hall import clock
from hall.cases.access import find_case, open_case
from hall.cases.progress import current_stage
from hall.cases.progress import status as status_of
from hall.cases.submit import submit as hand_in
from hall.cli.common import Answers, Data, Json, guide_of, pack_on, print_json, read_mapping, refuse
from hall.content.errors import AnswerError, HallError
from hall.content.models import Guide, Pack
from hall.database import reading, upgrade, writing
from hall.handoff.client import BackOffice
from hall.handoff.signing import private_key
from hall.handoff.worker import deliver_all, run
from hall.journey.answers import parse_answers
from hall.journey.prefill import as_registered, prefilled
from hall.journey.publicity import PUBLISH
from hall.registry.prefill import registered_facts
from hall.registry.store import open_registry
from hall.settings import settings


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    for command in (submit, status, deliver, backoffice):
        app.command()(command)


def submit(
    guide: str,
    answers: Answers,
    data: Data = None,
    attach: Annotated[list[Path] | None, typer.Option("--attach", help="附件，可以写多次。")] = None,
    stage: Annotated[str | None, typer.Option("--stage", help="分阶段的指南：提交哪一阶段；不写是轮到的阶段。")] = None,
    number: Annotated[str | None, typer.Option("--case", help="接着办的办件编号：补正，或者下一阶段。")] = None,
    code: Annotated[str | None, typer.Option("--code", help="这个办件的查询码。")] = None,
    json: Json = False,
) -> None:
    """提交一件：返回时已经存盘，并排队送往后台。"""
    pack = pack_on(clock.today())
    chosen = guide_of(pack, guide)
    upgrade()
    try:
        raw = {**read_mapping(answers), **read_mapping(data)}
        publish = raw.pop(PUBLISH, None) or ()
        values = parse_answers(pack.facts, raw)
        values = {**_registered(pack, chosen, values), **values}
        files = [(path.name, path.read_bytes()) for path in attach or ()]
        with writing() as session:
            if number is not None:
                case = find_case(session, number, code or "")
            else:
                case, code = open_case(session, chosen, clock.now())
            due = stage or current_stage(session, case, chosen)
            receipt = hand_in(session, pack, case, values, clock.now(), files, due, publish)
    except AnswerError as error:
        refuse("\n".join(f"{fact}：{message}" for fact, message in error.errors))
    except (HallError, OSError) as error:
        refuse(str(error))
    result = {"case": receipt.case, "code": code, "submission": receipt.submission, "receipt": receipt.receipt,
              "sha256": receipt.sha256}  # fmt: skip
    if json:
        print_json(result)
    else:
        typer.echo(f"回执 {receipt.receipt}，办件编号 {receipt.case}，查询码 {code}（只显示这一次）")


def _registered(pack: Pack, guide: Guide, values: dict[str, Any]) -> dict[str, Any]:
    """What the registry knows of the subject that the data names."""
    subject = open_registry(settings().data_dir).get(str(values.get("subject.uscc", "")))
    if guide.subject != "registered" or subject is None:
        return {}
    found = registered_facts(subject, pack.facts)
    return {**as_registered(found), **prefilled(pack, guide, found)}


def status(receipt: str, json: Json = False) -> None:
    """一份回执办到哪一步了。"""
    upgrade()
    try:
        with reading() as session:
            result = status_of(session, receipt)
    except HallError as error:
        refuse(str(error))
    if json:
        print_json(result)
        return
    typer.echo(f"{result['receipt']}：{result['title']}")
    for event in result["timeline"]:
        local = datetime.fromisoformat(event["at"]).astimezone(clock.AUTHORITY_ZONE)
        typer.echo(f"{local:%Y-%m-%d %H:%M}  {event['text']}")
    for correction in result["corrections"]:
        typer.echo(f"请补正 {correction['field']}：{correction['note']}")


def deliver(
    once: Annotated[bool, typer.Option("--once", help="送到队列空了或者都在等，就结束。")] = False, json: Json = False
) -> None:
    """把已提交的送往后台，并取回反馈。"""
    upgrade()
    with httpx.Client(base_url=settings().backoffice_url, timeout=10) as http:
        office = BackOffice(http, private_key())
        if not once:
            run(office, clock.now, threading.Event())
            return
        counts = deliver_all(office, clock.now)
    if json:
        print_json(counts)
    else:
        typer.echo(f"送达 {counts['delivered']}，等待 {counts['waiting']}，需要人工处理 {counts['parked']}")


def backoffice(
    port: Annotated[int, typer.Option(help="端口。")] = 8601,
    slow: Annotated[float, typer.Option(help="每次回答前等几秒。")] = 0,
    fail: Annotated[float, typer.Option(min=0, max=1, help="有多大比例的请求回答 503。")] = 0,
) -> None:
    """启动参考后台；在 /desk 受理、要求补正或者驳回。"""
    import uvicorn

    from hall.backoffice.app import make_app
    from hall.backoffice.desk import is_clerk
    from hall.backoffice.store import Store

    folder = settings().data_dir
    store, key = Store(folder / "backoffice.db"), private_key().public_key()
    app = make_app(store, key, slow, fail, lambda name, password: is_clerk(name, password, folder))
    typer.echo(f"后台在 http://127.0.0.1:{port}/desk", err=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
