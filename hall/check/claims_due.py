"""Claims about outcomes: everything is due on some walk, something on every one, nothing twice, values exist."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from hall.check.claims_walk import always, dead
from hall.check.encode import VALUES
from hall.check.explain import Explainer
from hall.check.proof import Proof
from hall.check.solve import Model
from hall.check.words import path_words, short
from hall.content.conditions import Condition
from hall.content.findings import Finding
from hall.content.models import Material, Stage
from hall.content.models import Model as Definition

_TITLES = {
    "result": "办理结果", "fee": "收费", "time_limit": "办理期限", "handled_by": "办理机关", "then": "后续指南",
}  # fmt: skip


def claim_due(p: Proof) -> None:
    """Registers the claims about what a guide's outcomes have."""
    encoder = p.encoder
    for name in ("materials", "steps", "notices"):
        for index, element in enumerate(getattr(p.guide, name)):
            if p.is_loose(element):
                continue
            reached = encoder.reached(name, index)
            p.wish(1, [reached], dead(p, name, index, element))
            if element.when is not None:
                p.wish(2, [encoder.ends_well, -encoder.holds_at_end(element.when)], always(p, element))
    for name in VALUES:
        _values(p, name, getattr(p.guide, name))
    if not p.loose:
        _empty(p)
        _twice(p)
        _stages(p)


# Single values with conditions


def _values(p: Proof, name: str, values: tuple[Definition, ...]) -> None:
    encoder = p.encoder
    for index, value in enumerate(values):
        at = p.places.of_value(p.guide.file, name, index)
        if len(values) > 1 or _when(value) is not None:
            p.wish(1, [encoder.reached(name, index)], _dead_value(p, name, index, at))
    if name != "then" and values and not p.loose:
        missing = [-encoder.holds_at_end(_when(value)) for value in values]
        p.ban([encoder.ends_well, *missing], _no_value(p, name))


def _when(value: Definition) -> Condition | None:
    return getattr(value, "when", None)


def _dead_value(p: Proof, name: str, index: int, at: tuple[str | int, ...]) -> Callable[[], Iterable[Finding]]:
    def fail() -> Iterator[Finding]:
        if p.places.is_damaged(at) or at in p.blamed:
            return
        p.blamed.add(at)
        value = getattr(p.guide, name)[index]
        if p.reads_dead(value.when):
            return
        message = f"{_TITLES[name]}的第 {index + 1} 个值永远用不到"
        if name != "then" and any(each.when is None for each in getattr(p.guide, name)[:index]):
            help = "第一个成立的算数：不带 when 的要写在最后。"
            yield p.places.finding(at, "dead-value", message, help)
            return
        why = Explainer(p.pack, p.guide, p.places).why(name, index, value.when)
        help = why.help
        if value.when is None and why.blocker is None:
            help = "前面几个值已经包括了所有情形：删去这一项，或者改前面的条件。"
        finding = p.places.finding(at, "dead-value", message, help, why.path)
        if why.blocker is None:
            yield finding
        else:
            p.together.block(why.blocker, finding, f"{_TITLES[name]}的第 {index + 1} 个值")

    return fail


def _no_value(p: Proof, name: str) -> Callable[[Model], Iterable[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        message = f"这样回答的人没有{_TITLES[name]}：一个 when 都不成立"
        help = "在最后加一个不带 when 的值，或者改条件。"
        conditions = [value.when for value in getattr(p.guide, name)]
        yield p.places.finding(
            (p.guide.file, name), "no-value", message, help, path_words(p.encoder, model, None, conditions)
        )

    return fail


# What is handed in


def _empty(p: Proof) -> None:
    """Every walk ends in an exit, or in something to hand in; a guide that only explains has steps or notices."""
    encoder, guide = p.encoder, p.guide
    if encoder.submitted():
        return
    due = [encoder.due(each) for each in guide.materials]
    if guide.kind == "superseded":
        return
    if guide.kind in ("guidance", "query"):
        due += [encoder.holds_at_end(each.when) for each in (*guide.steps, *guide.notices)]
    p.ban([encoder.ends_well, *(-each for each in due)], _nothing(p))


def _nothing(p: Proof) -> Callable[[Model], Iterable[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        name = "materials" if p.guide.materials else "questions" if p.guide.questions else "id"
        message = "这样回答的人走到最后，什么都不用交"
        help = "给这种情形加上材料；或者加一个出口，说清不用办、该去哪里。"
        conditions = [each.when for each in p.guide.materials]
        yield p.places.finding(
            (p.guide.file, name), "empty-outcome", message, help, path_words(p.encoder, model, None, conditions)
        )

    return fail


def _twice(p: Proof) -> None:
    """No material of one id is due twice on a walk (in one stage)."""
    by_id: dict[tuple[str, str | None], list[Material]] = {}
    for material in p.guide.materials:
        by_id.setdefault((material.id, material.stage), []).append(material)
    for same in by_id.values():
        for first, second in combinations(same, 2):
            p.ban([p.encoder.due(first), p.encoder.due(second)], _again(p, first, second))


def _again(p: Proof, first: Material, second: Material) -> Callable[[Model], Iterable[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        at = p.place_in_guide(second)
        line = p.places.line(p.place_in_guide(first), str(at[0]))
        message = f"{p.name(second)}会要两次，前一次在{line}"
        help = "让两处的 when 互相排斥，或者合并成一项；本来是两样的，用不同的 id。"
        yield p.places.finding(
            at, "due-twice", message, help, path_words(p.encoder, model, None, [first.when, second.when])
        )

    return fail


# Stages


def _stages(p: Proof) -> None:
    """What a stage submits is due in it, on every walk; the stages open in an order."""
    guide = p.guide
    submits = [(None, guide.submits)] if guide.submits else [(stage, stage.submits) for stage in guide.stages]
    for stage, each in submits:
        same_form = [material for material in guide.materials if material.form == each.form]
        fitting = [material for material in same_form if stage is None or material.stage in (None, stage.id)]
        if fitting:
            due = [-p.encoder.due(material) for material in fitting]
            p.ban([p.encoder.ends_well, *due], _not_due(p, fitting[0], stage, each.form))
        elif same_form and stage is not None:
            p.ban([p.encoder.ends_well], _elsewhere(p, same_form[0], stage))


def _not_due(p: Proof, material: Material, stage: Stage | None, form: str) -> Callable[[Model], Iterable[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        when = f"“{stage.title or stage.id}”阶段" if stage else "最后"
        message = f"{when}要提交 {form}，可是这样回答的人材料里没有它"
        help = "去掉这项材料的 when；如果有人不用交它，给那种情形加一个出口。"
        yield p.places.finding(
            material.origin, "stage-order", message, help, path_words(p.encoder, model, None, [material.when])
        )

    return fail


def _elsewhere(p: Proof, material: Material, stage: Stage) -> Callable[[Model], Iterable[Finding]]:
    def fail(_: Model) -> Iterator[Finding]:
        message = (
            f"“{stage.title or stage.id}”阶段要提交 {short(material.form or '')}，材料里却写在 {material.stage} 阶段"
        )
        help = f"把这项材料的 stage 改成 {stage.id}，或者改阶段的 submits。"
        yield p.places.finding(material.origin, "stage-order", message, help)

    return fail
