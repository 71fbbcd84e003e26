"""Claims about forms: what a due form needs can be known, its rows fit, nothing is asked on it twice."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from hall.check.cnf import TRUE
from hall.check.dates import place_of_form
from hall.check.encode import Encoder
from hall.check.fields import Field, fields_of, group_or_fact
from hall.check.places import Places
from hall.check.proof import Proof
from hall.check.reads import is_whole
from hall.check.solve import Model, Prover
from hall.check.words import path_words, title_of
from hall.content.conditions import tests_in
from hall.content.findings import Finding
from hall.content.models import Cell, Form, Guide, Pack
from hall.journey.answers import REGISTERED


def claim_forms(p: Proof) -> None:
    """Registers: each required field of a due form can be filled, or what it shows is known, on every walk."""
    if p.loose:
        return
    known: dict[tuple[str, bool], int] = {}
    for name, form in p.encoder.forms.items():
        due = p.encoder.form_due(name)
        for field in fields_of(form):
            if not field.required or not field.printed:
                continue
            key = (field.fact, field.cell is not None)
            unknown = known.get(key, 0)
            if not unknown:
                unknown = known[key] = _unknown(p, field)
            if unknown == -TRUE:
                continue
            literals = [
                due,
                unknown,
                *(p.encoder.values.holds(each, p.encoder.values.filled) for each in field.conditions),
            ]
            p.ban(literals, _unfillable(p, form, field))


def _unknown(p: Proof, field: Field) -> int:
    """Whether a walk leaves no way to know what a field needs."""
    roles = p.encoder.roles
    if field.reads_only:
        base = p.facts.get(field.fact.removeprefix(REGISTERED))
        is_missing = field.cell is not None and base is not None and roles.of(field.fact) == "unasked"
        return TRUE if is_missing else -TRUE
    base_id = group_or_fact(field.fact, p.facts)
    fact = p.facts.get(base_id)
    if not is_whole(p.facts, base_id):
        return -TRUE  # what is wrong with it has been said
    if fact is None or not fact.required or (fact.derived is not None and field.cell is None):
        return -TRUE
    # A form asks what no question on the path asked; what a person has skipped there isn't asked again.
    if fact.derived is None and (fact.kind == "group" or roles.of(base_id) != "asked"):
        return -TRUE
    return -p.encoder.values.has(base_id, p.encoder.values.filled)


def _unfillable(p: Proof, form: Form, field: Field) -> Callable[[Model], Iterable[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        if field.fact.startswith(REGISTERED) and p.together.has(REGISTERED):
            return  # the guide has been told to say where its subject comes from
        help, why = _how_to_fill(p, field)
        message = f"《{form.title}》要填“{title_of(p.facts, field.fact)}”，{why}（指南“{p.guide.title}”）"
        path = path_words(p.encoder, model, None, field.conditions)
        at = (form.file, *field.at)
        finding = p.places.finding(at, "unfillable-field", message, help, path)
        where = f"{message[:-1]}，表格在{p.places.line(at, p.guide.file)}）"
        p.in_guide[finding] = p.places.finding(place_of_form(p.guide, form.id), "unfillable-field", where, help, path)
        yield finding

    return fail


def _how_to_fill(p: Proof, field: Field) -> tuple[str, str]:
    fact = p.facts.get(field.fact)
    if field.fact.startswith(REGISTERED):
        base = p.facts[field.fact.removeprefix(REGISTERED)]
        if not base.registry:
            return f"给事实 {base.id} 写上 registry，或者改用 {base.id}。", "可是登记库里没有这一项"
        return f"指南写上 subject: registered，或者这一格改用 {base.id}。", "可是这个指南不从登记库里找主体"
    if fact is not None and fact.derived is not None:
        sources = [
            title_of(p.facts, each)
            for each in sorted(p.encoder.values.sources(field.fact))
            if each in p.facts and p.facts[each].derived is None
        ]
        names = "、".join(f"“{each}”" for each in sources)
        return (
            f"在指南里问{names}，或者让表格填它；也可以写 required: false。",
            f"它由{names}算出，可是这样回答的人没有填过",
        )
    return (
        "让指南里的这个问题不能跳过（去掉 required: false）；或者给这一格写上 required: false。",
        "可是指南里问它的时候可以跳过，跳过的人后面没有地方填",
    )


# A form by itself


def prove_form(pack: Pack, form: Form, places: Places) -> Iterator[Finding]:
    """Findings of a form whatever the guide: conditions that never hold, rows that don't fit, fields twice."""
    bare = Guide.model_validate(
        {"id": form.id, "title": form.title, "in_force": {}, "for": (), "basis": (), "submits": {"kind": "filing", "form": form.id}}
    )  # fmt: skip
    encoder = Encoder(pack.model_copy(update={"forms": {form.id: form}}), bare, free=True)
    with Prover(encoder) as prover:
        dead = list(_dead_fields(encoder, prover, form, places))
        yield from dead
        if not dead:
            yield from _overfull(encoder, prover, form, places)
            yield from _printed_twice(encoder, prover, form, places)


def _dead_fields(encoder: Encoder, prover: Prover, form: Form, places: Places) -> Iterator[Finding]:
    """Sections, cells and paragraphs whose condition contradicts itself."""
    seen: set[tuple[str | int, ...]] = set()
    for field in fields_of(form):
        at = field.at[:2] if field.conditions[0] is not None else field.at
        if at in seen or not any(field.conditions) or prover.possible(encoder.shown(field)):
            continue
        seen.add(at)
        section_alone = prover.possible(encoder.values.holds(field.conditions[0], encoder.values.filled))
        at = field.at if section_alone else field.at[:2]
        message = f"“{title_of(encoder.roles.facts, field.fact)}”永远不会出现：条件自相矛盾，或者比较的值不存在"
        yield places.finding((form.file, *at, "when"), "dead-field", message, "请改 when 里的值，或者删去这一格。")


def _overfull(encoder: Encoder, prover: Prover, form: Form, places: Places) -> Iterator[Finding]:
    """Rows whose cells, as far as they are shown together, are wider than the paper."""
    filled = encoder.values.filled
    for index, section in enumerate(form.sections):
        for number, row in enumerate(section.rows):
            if sum(cell.span for cell in row) <= form.paper.columns:
                continue
            shown = [encoder.values.holds(cell.when, filled) if not section.repeat else TRUE for cell in row]
            width = _widest(encoder, prover, encoder.values.holds(section.when, filled), row, shown, form.paper.columns)
            if width:
                at = (form.file, "sections", index, "rows", number)
                message = f"这一行共占 {width} 栏，纸上只有 {form.paper.columns} 栏"
                yield places.finding(at, "layout", message, "减小 span，或者分成两行。")


def _widest(
    encoder: Encoder, prover: Prover, section: int, row: tuple[Cell, ...], shown: list[int], columns: int
) -> int | None:
    """The width of cells that can be shown together and don't fit, None when all that can fit."""
    certain = sum(cell.span for cell, literal in zip(row, shown, strict=True) if literal == TRUE)
    if certain > columns:
        return certain
    doubtful = [(cell.span, literal) for cell, literal in zip(row, shown, strict=True) if literal != TRUE]
    for size in range(1, len(doubtful) + 1):
        for some in combinations(doubtful, size):
            width = certain + sum(span for span, _ in some)
            if width > columns and prover.possible(section, *(literal for _, literal in some)):
                return width
    return None


def _printed_twice(encoder: Encoder, prover: Prover, form: Form, places: Places) -> Iterator[Finding]:
    """A fact that two cells of one section ask for at the same time."""
    cells: dict[tuple[str, int | str], list[Field]] = {}
    for field in fields_of(form):
        fact = encoder.roles.facts.get(field.fact)
        if field.cell is not None and field.printed and not field.reads_only and fact and fact.derived is None:
            cells.setdefault((field.fact, field.at[1]), []).append(field)
    for (fact_id, _), same in cells.items():
        for first, second in combinations(same, 2):
            if prover.possible(encoder.shown(first), encoder.shown(second)):
                line = places.line((form.file, *first.at), form.file)
                message = f"“{title_of(encoder.roles.facts, fact_id)}”在这一栏里印了两次，前一次在{line}"
                yield places.finding(
                    (form.file, *second.at), "layout", message, "删去一处；或者让两处的 when 互相排斥。"
                )


def reads_of(form: Form) -> set[str]:
    """The facts that a form's conditions read."""
    return {test.fact for field in fields_of(form) for condition in field.conditions for test in tests_in(condition)}
