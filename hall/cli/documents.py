"""Commands about documents: fill, read, package."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hall.cli.common import Answers, Data, Json, form_of, guide_of, merged, pack_on, print_json, read_mapping, refuse
from hall.cli.content import walked
from hall.content.errors import AnswerError, HallError
from hall.content.models import Form, Pack
from hall.documents.blocks import Layout
from hall.documents.docx import write_docx
from hall.documents.layout import DRAFT, layout_of
from hall.documents.package import package as packed
from hall.documents.pdf import unprintable, write_pdf
from hall.documents.reading import read_form
from hall.documents.sample import sample_layout
from hall.journey.answers import REGISTERED, parse_answers
from hall.journey.forms import may_ask, problems_of
from hall.journey.known import Known
from hall.journey.publicity import PUBLISH
from hall.journey.walk import Walk

Out = Annotated[Path, typer.Option("--out", help="写到哪个文件。")]


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    for command in (fill, read, package):
        app.command()(command)


def fill(
    form: str, out: Out, data: Data = None,
    public: Annotated[bool, typer.Option("--public", help="只印向社会公示的内容。")] = False,
    sample: Annotated[bool, typer.Option("--sample", help="示范文本：填上示例，印“样表”。")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="印“草稿”。")] = False,
) -> None:  # fmt: skip
    """把表格填成 DOCX 或 PDF；不给数据就是空白表。"""
    writers = {".docx": write_docx, ".pdf": write_pdf}
    write = writers.get(out.suffix.lower())
    if write is None:
        typer.echo("--out 要以 .docx 或 .pdf 结尾。", err=True)
        raise typer.Exit(2)
    pack = pack_on()
    chosen = form_of(pack, form)
    raw = read_mapping(data)
    publish = _published(raw.pop(PUBLISH, None))
    values = _parsed(pack, raw)
    mark = DRAFT if draft else ""
    layout = (
        sample_layout(chosen, pack.facts)
        if sample
        else layout_of(chosen, pack.facts, values, data is None, public=public, publish=publish, watermark=mark)
    )
    if data is not None:
        _tell_problems(pack, chosen, values)
        _tell_unprinted(pack, chosen, values)
    _tell_lacking(layout)
    _write(out, write(layout))


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="本网站出的、在 Word 或 WPS 里填过的表格。")],
    form: Annotated[str, typer.Option("--form", help="文件丢了标记时，指明是哪张表格。")] = "",
    json: Json = False,
) -> None:
    """读回填好的表格：数据写到标准输出，在 Word 里改过哪些写到标准错误。"""
    pack = pack_on()
    try:
        found = read_form(file.read_bytes(), pack.forms, pack.facts, form)
    except (OSError, HallError) as error:
        refuse(f"读不了 {file}：{error}")
    for change in found.changes:
        typer.echo(f"改过 {change.fact}：{change}" if change.fact else f"改过 {change}", err=True)
    for fact, message in found.problems:
        typer.echo(f"{fact}：{message}", err=True)
    if found.problems:
        refuse("请在文件里改好再读。")
    print_json(found.data)


def package(guide: str, answers: Answers, out: Out, data: Data = None) -> None:
    """一件事的全部材料：表格（DOCX 和 PDF）、材料清单、一次性告知书，打成一个 zip。"""
    pack = pack_on()
    chosen = guide_of(pack, guide)
    raw = merged(read_mapping(answers), read_mapping(data))
    publish = _published(raw.pop(PUBLISH, None))
    values = _parsed(pack, raw)
    done = walked(pack, chosen, raw)
    if done.outcome is None:
        refuse(_unfinished(pack, done))
    for form_id in done.outcome.forms:
        if form_id in pack.forms:
            _tell_problems(pack, pack.forms[form_id], {**done.known.values, **values})
        else:
            typer.echo(f"表格“{form_id}”还没有写好，包里没有。", err=True)
    on_path = {key: value for key, value in values.items() if key not in done.set_aside}
    forms = [pack.forms[form_id] for form_id in done.outcome.forms if form_id in pack.forms]
    for form in forms:
        _tell_lacking(layout_of(form, pack.facts, {**done.known.values, **on_path}))
    _write(out, packed(pack, chosen, done, on_path, publish=publish))


def _tell_unprinted(pack: Pack, form: Form, values: dict[str, Any]) -> None:
    """Names given data that this form has no place for."""
    places = may_ask(form, pack.facts)
    beside = [key for key in values if key not in places and not key.startswith(REGISTERED)]
    if beside:
        typer.echo(f"《{form.title}》没有这些栏目，没有印：{'、'.join(beside)}", err=True)


def _published(raw: Any) -> tuple[str, ...]:
    """The optional facts that the data's `publish` names."""
    if not isinstance(raw, list | None):
        refuse(f"{PUBLISH}：要写成事实 id 的列表，例如 [finance.total_assets]。")
    return tuple(map(str, raw or ()))


def _parsed(pack: Pack, raw: dict[str, Any]) -> dict[str, Any]:
    """The values; or a refusal that names every field that is wrong."""
    try:
        return parse_answers(pack.facts, raw)
    except AnswerError as error:
        refuse("\n".join(f"{fact}：{message}" for fact, message in error.errors))


def _tell_lacking(layout: Layout) -> None:
    if lacking := unprintable(layout):
        typer.echo(f"《{layout.title}》：字体里没有这些字，PDF 里印成〓（DOCX 里是原字）：{lacking}", err=True)


def _tell_problems(pack: Pack, form: Form, values: dict[str, Any]) -> None:
    for problem in problems_of(form, Known(pack.facts, values)):
        where = f"{problem.fact}：" if problem.fact else ""
        typer.echo(f"《{form.title}》{where}{problem.say}", err=True)


def _unfinished(pack: Pack, done: Walk) -> str:
    if done.exit is not None:
        refer = pack.guides.get(done.exit.refer or "")
        return f"不能按这个指南办：{done.exit.say}" + (f"请看“{refer.title}”。" if refer else "")
    asked = done.question.ask if done.question else ""
    fact = pack.facts.get(asked)
    return f"还有问题没有回答：{asked}（{fact.asks if fact else ''}）"


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        refuse(f"写不了 {out}：{error.strerror or error}")
