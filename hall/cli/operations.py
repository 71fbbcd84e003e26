"""Commands about cases: submit, status; those of the hand-off come with them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hall import clock
from hall.cases.access import find_case, open_case
from hall.cases.batch import file_rows, read_table, template_csv, template_xlsx
from hall.cases.papers import scanner
from hall.cases.progress import current_stage
from hall.cases.progress import status as status_of
from hall.cases.submit import submit as hand_in
from hall.cli import handoff
from hall.cli.common import Answers, Data, Json, guide_of, merged, pack_on, print_json, read_mapping, refuse
from hall.content.errors import AnswerError, HallError
from hall.content.models import Guide, Pack
from hall.database import reading, upgrade, writing
from hall.documents.attachments import check_together, take_in
from hall.journey.answers import parse_answers
from hall.journey.prefill import as_registered, prefilled
from hall.journey.publicity import PUBLISH
from hall.registry.prefill import registered_facts
from hall.registry.store import open_registry
from hall.settings import settings


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    for command in (submit, batch, status):
        app.command()(command)
    handoff.add_to(app)


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
        raw = merged(read_mapping(answers), read_mapping(data))
        publish = raw.pop(PUBLISH, None) or ()
        values = parse_answers(pack.facts, raw)
        values = {**_registered(pack, chosen, values), **values}
        taken = [take_in(path.name, path.read_bytes(), scan=scanner()) for path in attach or ()]
        check_together(taken)
        files = [(each.name, each.content) for each in taken]
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


def batch(
    guide: str,
    table: Annotated[Path, typer.Argument(help="填好的表：CSV 或 XLSX；加 --template 时是写出模板的文件。")],
    template: Annotated[bool, typer.Option("--template", help="写出空白模板，按文件名是 CSV 或 XLSX。")] = False,
    json: Json = False,
) -> None:
    """一张表提交许多主体的同一件事，例如代理机构报年报；错误按行说明，对的行照常提交。"""
    pack = pack_on(clock.today())
    chosen = guide_of(pack, guide)
    try:
        if template:
            make = template_xlsx if table.suffix.lower() == ".xlsx" else template_csv
            table.write_bytes(make(pack, chosen))
            return
        upgrade()
        rows = file_rows(pack, chosen, read_table(table.read_bytes()), clock.now(),
                         lambda values: _registered(pack, chosen, dict(values)))  # fmt: skip
    except (HallError, OSError) as error:
        refuse(str(error))
    wrong = [row for row in rows if row.errors]
    if json:
        print_json({"submitted": len(rows) - len(wrong), "rejected": len(wrong), "rows": [vars(row) for row in rows]})
    else:
        for row in rows:
            told = "；".join(f"{fact}：{message}" if fact else message for fact, message in row.errors)
            done = f"{row.receipt}\t{row.case}\t{row.code}"
            typer.echo(f"{row.number}\t{told or done}")
    raise typer.Exit(1 if wrong else 0)


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
            result = status_of(session, receipt, clock.now())
    except HallError as error:
        refuse(str(error))
    if json:
        print_json(result)
        return
    typer.echo(f"{result['receipt']}：{result['title']}")
    if result["delivery"]:
        typer.echo(result["delivery"])
    for event in result["timeline"]:
        local = datetime.fromisoformat(event["at"]).astimezone(clock.AUTHORITY_ZONE)
        typer.echo(f"{local:%Y-%m-%d %H:%M}  {event['text']}")
    for correction in result["corrections"]:
        typer.echo(f"请补正 {correction['field']}：{correction['note']}")
    if result["due"]:
        typer.echo(f"补正期限：{result['due']}")
