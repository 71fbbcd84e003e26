"""Commands for editors: facts that are unused or alike, what is unverified, verifications recorded."""

from datetime import datetime
from typing import Annotated

import typer
from ruamel.yaml import YAML

from hall import clock
from hall.check.pack import check_pack
from hall.check.twins import twins
from hall.check.unverified import unverified
from hall.cli.common import Json, guide_of, pack_on, print_json, refuse
from hall.content.models import Guide, Pack
from hall.journey.forms import may_ask
from hall.journey.prefill import forms_of
from hall.journey.walk import asked_questions
from hall.settings import settings


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    app.command()(facts)
    app.command()(review)


def facts(
    unused: Annotated[bool, typer.Option("--unused", help="哪里都没有用到的事实。")] = False,
    similar: Annotated[bool, typer.Option("--similar", help="可能是同一件事的事实。")] = False,
    saved: Annotated[
        str | None, typer.Option("--saved", metavar="GUIDE", help="这个指南问几样，它的表格共有几栏。")
    ] = None,
    json: Json = False,
) -> None:
    """词汇表的检查：没有用到的、可能重复的事实；一个指南省下了多少次填写。"""
    pack = pack_on()
    result: dict[str, object] = {}
    if unused:
        found = check_pack(settings().content_dir).findings
        result["unused"] = [f"{each.file}:{each.line} {each.message}" for each in found if each.code == "unused-fact"]
    if similar:
        result["similar"] = [f"{each.first} ~ {each.second}：{each.why}" for each in twins(pack.facts)]
    if saved:
        result["saved"] = _saved(pack, guide_of(pack, saved))
    if not result:
        refuse("请写 --unused、--similar 或 --saved GUIDE。")
    if json:
        print_json(result)
        return
    for value in result.values():
        typer.echo("\n".join(value) if isinstance(value, list) else str(value))


def review(
    guide: Annotated[str | None, typer.Argument(help="要记录核实的指南；不写则列出没有核实的。")] = None,
    claim: Annotated[str, typer.Option(help="核实了什么，例如“时限”。")] = "",
    norm: Annotated[str, typer.Option(help="依据哪一部规范、哪一条。")] = "",
    by: Annotated[str, typer.Option(help="谁核实的。")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪一天；不写是今天。")] = None,
    json: Json = False,
) -> None:
    """没有核实的内容，要紧的在前；或者记下一次核实（谁、依据、日期）。"""
    pack = pack_on()
    if guide is not None:
        if not (claim and norm and by):
            refuse("记录核实要写全：--claim 核实了什么，--norm 依据，--by 姓名。")
        _record(
            guide_of(pack, guide), {"claim": claim, "norm": norm, "by": by, "on": on.date() if on else clock.today()}
        )
        typer.echo(f"已记入 {pack.guides[guide].file}")
        return
    rows = unverified(pack)
    if json:
        print_json([vars(row) for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.confidence:6} {row.guide}  {row.title}\n       {'；'.join(row.claims)}")


def _record(guide: Guide, entry: dict[str, object]) -> None:
    """Adds the verification to the guide's file; comments and layout stay."""
    path, yaml = settings().content_dir / guide.file, YAML()
    yaml.preserve_quotes, yaml.width = True, 4096
    data = yaml.load(path.read_text(encoding="utf-8"))
    data.setdefault("reviewed", []).append(entry)
    part = path.with_suffix(".yaml.part")
    with part.open("w", encoding="utf-8") as file:
        yaml.dump(data, file)
    part.replace(path)


def _saved(pack: Pack, guide: Guide) -> str:
    """Each fact is asked once; the forms' fields are counted form by form."""
    forms = [pack.forms[form] for form in forms_of(guide) if form in pack.forms]
    fields = [may_ask(form, pack.facts) for form in forms]
    asked = {question.ask for question in asked_questions(guide)}.union(*fields)
    return f"{guide.title}：最多问 {len(asked)} 样，{len(forms)} 张表格共 {sum(map(len, fields))} 栏"
