"""Commands about content: list, example, walk."""

from typing import Annotated, Any

import typer

from hall.cli.common import Answers, Json, On, guide_of, pack_on, print_json, read_mapping, refuse
from hall.content.errors import AnswerError
from hall.content.models import Fact, Form, Guide, Pack
from hall.documents.notice import limit_text
from hall.journey.answers import parse_answers
from hall.journey.samples import sample_case, sample_data
from hall.journey.walk import Walk, walk


def add_to(app: typer.Typer) -> None:
    """Registers this module's commands."""
    app.command()(example)
    app.command(name="list")(list_)
    app.command(name="walk")(walk_)


def list_(
    what: Annotated[str, typer.Argument(help="guides、forms、facts 或 scenarios")], on: On = None, json: Json = False
) -> None:
    """列出指南、表格、事实或情景。"""
    pack = pack_on(on)
    kinds: dict[str, Any] = {
        "guides": pack.guides,
        "forms": pack.forms,
        "facts": pack.facts,
        "scenarios": pack.scenarios,
    }
    if what not in kinds:
        typer.echo("可以列：guides、forms、facts、scenarios", err=True)
        raise typer.Exit(2)
    rows = [{"id": key, "title": each.title, **_more(each)} for key, each in kinds[what].items()]
    if json:
        print_json(rows)
    else:
        for row in rows:
            typer.echo(f"{row['id']}\t{row['title']}")


def example(
    name: Annotated[str, typer.Argument(metavar="GUIDE|FORM")], largest: bool = False, json: Json = False
) -> None:
    """给出一份示例回答（指南）或示例数据（表格）。"""
    pack = pack_on()
    if name in pack.forms and name not in pack.guides:
        print_json(sample_data(pack.facts, pack.forms[name], largest))
        return
    guide = guide_of(pack, name)
    if not guide.examples and not guide.successor:
        refuse(f"指南“{name}”还没有写例子。")
    print_json(sample_case(pack, guide, largest))


def walk_(guide: str, answers: Answers, on: On = None, json: Json = False) -> None:
    """照回答走一遍指南：下一个问题、出口或结果。"""
    pack = pack_on(on)
    chosen = guide_of(pack, guide)
    print_json(walk_result(pack, chosen, walked(pack, chosen, read_mapping(answers))))


def walked(pack: Pack, guide: Guide, raw: dict[str, Any]) -> Walk:
    """The walk for raw answers; `registered.…` among them are what is known before."""
    try:
        parsed = parse_answers(pack.facts, raw)
    except AnswerError as error:
        refuse("\n".join(f"{fact}：{message}" for fact, message in error.errors) or str(error))
    asked = {getattr(question, "ask", None) for question in guide.questions}
    known = {key: value for key, value in parsed.items() if key not in asked}
    return walk(pack.facts, guide, {key: value for key, value in parsed.items() if key in asked}, known)


def walk_result(pack: Pack, guide: Guide, done: Walk) -> dict[str, Any]:
    """The keys of `hall walk --json`."""
    outcome, question, taken = done.outcome, done.question, done.exit
    return {
        "state": done.state,
        "path": [{"fact": step.question.ask, "value": step.value} for step in done.path],
        "question": _question(pack.facts[question.ask], question.options) if question else None,
        "materials": [
            {"id": due.material.id, "name": material_name(pack, due.material.form, due.name), "form": due.material.form,
             "names": due.names, "note": due.note, "copies": due.material.copies, "stage": due.material.stage}
            for due in outcome.materials
        ] if outcome else [],
        "forms": list(outcome.forms) if outcome else [],
        "steps": [{"by": step.by, "do": step.do} for step in outcome.steps] if outcome else [],
        "notices": [notice.say for notice in outcome.notices] if outcome else [],
        "result": outcome.result if outcome else None,
        "fee": outcome.fee if outcome else None,
        "time_limit": [limit_text(limit) for limit in outcome.time_limits] if outcome else [],
        "office": outcome.office.office if outcome and outcome.office else None,
        "basis": [{"law": each.law, "articles": list(each.articles)} for each in outcome.basis] if outcome else [],
        "refer": taken.refer if taken else guide.successor,
        "say": taken.say if taken else None,
        "set_aside": sorted(done.set_aside),
    }  # fmt: skip


def material_name(pack: Pack, form_id: str | None, name: str) -> str:
    """The material's own name, else its form's title."""
    form = pack.forms.get(form_id or "") or pack.planned_forms.get(form_id or "")
    return name or (form.title if form else form_id or "")


def _question(fact: Fact, options: tuple[str, ...]) -> dict[str, Any]:
    chosen = [
        {"value": key, "title": each.title} for key, each in fact.options.items() if not options or key in options
    ]
    return {"fact": fact.id, "title": fact.asks, "kind": fact.kind, "options": chosen}


def _more(each: object) -> dict[str, Any]:
    if isinstance(each, Guide):
        return {"scenario": each.scenario, "kind": each.kind, "confidence": each.confidence}
    if isinstance(each, Form):
        return {"family": each.family, "submits": each.submits}
    return {"kind": each.kind} if isinstance(each, Fact) else {}
