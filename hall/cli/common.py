"""What the commands share: reading answers, printing JSON, refusing."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from hall.content.load import load_pack
from hall.content.models import Form, Guide, Pack
from hall.content.source import read_source
from hall.content.values import to_json
from hall.settings import settings

Json = Annotated[bool, typer.Option("--json", help="把结果写成 JSON。")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="按这一天有效的内容。")]
Answers = Annotated[Path, typer.Option("--answers", help="回答：YAML 或 JSON，事实 id 到值。")]
Data = Annotated[Path | None, typer.Option("--data", help="表格数据：YAML 或 JSON，事实 id 到值。")]


def refuse(message: str) -> NoReturn:
    """Says why on standard error and ends with status 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def print_json(value: Any) -> None:
    """JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=to_json))


def content_root() -> Path:
    """The content directory; a refusal that names it when there is no content in it."""
    root = settings().content_dir
    if not (root / "guides").is_dir() and not (root / "forms").is_dir():
        refuse(f"{root} 里没有 guides 和 forms，不是内容目录。请检查 HALL_CONTENT_DIR。")
    return root


def pack_on(on: datetime | date | None = None) -> Pack:
    """The pack of the content directory; with a date, only the guides and forms in force on it."""
    pack, _ = load_pack(content_root())
    if on is None:
        return pack
    day = on.date() if isinstance(on, datetime) else on
    return pack.model_copy(
        update={
            "guides": {key: guide for key, guide in pack.guides.items() if guide.in_force.contains(day)},
            "forms": {key: form for key, form in pack.forms.items() if form.in_force.contains(day)},
        }
    )


def guide_of(pack: Pack, guide_id: str) -> Guide:
    """The guide, or a refusal that names what there is."""
    return pack.guides.get(guide_id) or refuse(f"没有指南“{guide_id}”。`hall list guides` 列出全部。")


def form_of(pack: Pack, form_id: str) -> Form:
    """The form, or a refusal that names what there is."""
    return pack.forms.get(form_id) or refuse(f"没有表格“{form_id}”。`hall list forms` 列出全部。")


def merged(answers: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Answers and form data together: the answers' word counts; rows of a group get the data's other columns."""
    rows = {
        key: [{**ours, **theirs} for ours, theirs in zip(data[key], given, strict=True)]
        for key, given in answers.items()
        if _are_rows(given) and _are_rows(data.get(key)) and len(given) == len(data[key])
    }
    return {**data, **answers, **rows}


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def read_mapping(path: Path | None) -> dict[str, Any]:
    """The mapping in a YAML or JSON file; empty without a file."""
    if path is None:
        return {}
    try:
        source = read_source(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"读不了 {path}：{error}")
    if source.findings:
        refuse("\n".join(str(finding) for finding in source.findings))
    if not isinstance(source.data, dict | None):
        refuse(f"{path} 应当是“事实: 值”的形式。")
    return source.data or {}
