"""Commands for those who write definitions: paths, schema, new."""

import json as json_
from pathlib import Path
from typing import Annotated, Any

import typer

from hall.check.paths import Path as Walked
from hall.check.paths import covering_paths
from hall.check.words import answer_words, known_words
from hall.cli.common import Json, form_of, guide_of, pack_on, print_json, refuse
from hall.cli.content import material_name
from hall.content.models import Guide, Pack
from hall.content.schema import model_schema, schema_files
from hall.content.skeleton import form_skeleton, guide_skeleton
from hall.journey.answers import parse_answers
from hall.journey.data_schema import data_schema
from hall.journey.walk import Walk, asked_questions, walk
from hall.settings import settings

_WIDTH = 300
_WHAT = ("guide", "part", "form", "facts", "scenario")


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    for command in (paths, schema, new):
        app.command()(command)


def paths(guide: str, json: Json = False) -> None:
    """一组回答，走遍一个指南的每个问题、选项、出口和条件的两面；不加 --json 是给人看的提纲。"""
    pack = pack_on()
    chosen = guide_of(pack, guide)
    found = covering_paths(pack, chosen)
    if json:
        print_json([_as_dict(pack, chosen, path) for path in found])
        return
    typer.echo(f"{chosen.title}（{chosen.id}）：{len(found)} 种情形")
    for number, path in enumerate(found, 1):
        typer.echo("\n" + _outline(pack, chosen, number, path))


def _walked(pack: Pack, guide: Guide, path: Walked) -> Walk:
    asked = {question.ask for question in asked_questions(guide)}
    values = parse_answers(pack.facts, path.case.all)
    answers = {key: value for key, value in values.items() if key in asked}
    return walk(pack.facts, guide, answers, {key: value for key, value in values.items() if key not in asked})


def _as_dict(pack: Pack, guide: Guide, path: Walked) -> dict[str, Any]:
    done = _walked(pack, guide, path)
    outcome = done.outcome
    return {
        "answers": path.case.all,
        "state": done.state,
        "refer": done.exit.refer if done.exit else None,
        "say": done.exit.say if done.exit else None,
        "materials": [due.material.id for due in outcome.materials] if outcome else [],
        "forms": list(outcome.forms) if outcome else [],
        "shows": list(path.shows),
    }


def _outline(pack: Pack, guide: Guide, number: int, path: Walked) -> str:
    """One case as an official reads it: what is answered, and what comes of it."""
    done = _walked(pack, guide, path)
    lines = [f"情形 {number}"]
    lines += [f"  已知 {known_words(pack.facts, key, value)}" for key, value in path.case.known.items()]
    lines += [f"  回答 {answer_words(pack.facts[key], value)}" for key, value in path.case.answers.items()]
    if done.exit is not None:
        lines.append(f"  出口 {done.exit.say}" + (f"（转到 {done.exit.refer}）" if done.exit.refer else ""))
    if done.outcome is not None:
        names = [material_name(pack, due.material.form, due.name) for due in done.outcome.materials]
        lines.append(f"  要交 {'、'.join(names) or '没有材料'}")
        lines += [f"  提醒 {notice.say}" for notice in done.outcome.notices if notice.when is not None]
        if done.outcome.result:
            lines.append(f"  得到 {done.outcome.result}")
    return "\n".join(lines)


def schema(
    what: Annotated[str | None, typer.Argument(help="guide、part、form、facts、scenario 或者 data。")] = None,
    form: Annotated[str | None, typer.Argument(help="data 的表格 id。")] = None,
    write: Annotated[bool, typer.Option("--write", help="重写 data/schema 和 .vscode/settings.json。")] = False,
) -> None:
    """JSON Schema：供编辑器补全；`schema data FORM` 是一张表格收的数据。"""
    pack = pack_on()
    if write:
        _write_schemas(pack)
    elif what == "data":
        print_json(data_schema(form_of(pack, form or ""), pack.facts))
    elif what in _WHAT:
        print_json(model_schema(what, pack))
    else:
        typer.echo(f"可以写：{'、'.join(_WHAT)}、data FORM；或者 --write。", err=True)
        raise typer.Exit(2)


def _write_schemas(pack: Pack) -> None:
    for name, content in schema_files(pack).items():
        path = settings().content_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_readable(content) + "\n", encoding="utf-8")
        typer.echo(name, err=True)


def _readable(value: Any, indent: str = "") -> str:
    """JSON with what fits into a line on one line, so that a changed fact is a changed line."""
    short = json_.dumps(value, ensure_ascii=False)
    if len(indent) + len(short) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return short
    inner = indent + " "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + _readable(each, inner) for each in value) + f"\n{indent}]"
    lines = (f"{inner}{json_.dumps(key, ensure_ascii=False)}: {_readable(each, inner)}" for key, each in value.items())
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def new(
    what: Annotated[str, typer.Argument(help="guide 或者 form。")],
    id: Annotated[str, typer.Argument(help="id：小写字母、数字和连字符；目录里有的，名称照目录。")],
    under: Annotated[str | None, typer.Option("--in", help="放在哪个情景（指南）、哪一类（表格）的文件夹里。")] = None,
) -> None:
    """写出一个带注释的新指南或者新表格，从它改起。"""
    pack = pack_on()
    makers = {"guide": guide_skeleton, "form": form_skeleton}
    if what not in makers:
        typer.echo("可以写：guide、form。", err=True)
        raise typer.Exit(2)
    try:
        name, text = makers[what](pack, id, under)
    except ValueError as error:
        refuse(str(error))
    path: Path = settings().content_dir / name
    if path.exists():
        refuse(f"{name} 已经有了，没有改动它。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    typer.echo(f"写好了 {name}：照注释改，随时用 hall check {name} 检查。")
