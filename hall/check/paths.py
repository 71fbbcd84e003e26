"""A small set of walks that covers a guide: every question, option, exit, and both sides of every condition."""

from collections.abc import Iterator
from dataclasses import dataclass

from hall.check.cases import Case, case_of
from hall.check.encode import VALUES, Encoder
from hall.check.solve import Model, Prover
from hall.check.words import condition_words, name_of, title_of
from hall.content.models import Element, Guide, Material, Pack


@dataclass(frozen=True)
class Goal:
    """Something that one of the paths must show, in words and as literals."""

    words: str
    literals: tuple[int, ...]

    def is_met(self, model: Model) -> bool:
        """Whether a walk shows it."""
        return all(map(model.holds, self.literals))


@dataclass(frozen=True)
class Path:
    """One walk: its answers, and what only it shows first."""

    case: Case
    shows: tuple[str, ...]
    exit: int | None
    """The number of the exit that it ends in; None when it ends with an outcome."""
    materials: tuple[str, ...]
    """The materials that are due at its outcome."""


def covering_paths(pack: Pack, guide: Guide) -> tuple[Path, ...]:
    """Walks that together show everything in a guide that can be shown; their order is that of the guide."""
    encoder = Encoder(pack, guide)
    goals = list(_goals(encoder))
    with Prover(encoder) as prover:
        models: list[Model] = []
        left = goals
        while left:
            fixed = list(left[0].literals)
            model = prover.walk(*fixed)
            if model is None:
                left = left[1:]  # nothing shows it; `hall check` says so
                continue
            for goal in left[1:]:
                better = model if goal.is_met(model) else prover.walk(*fixed, *goal.literals)
                if better is not None:
                    fixed += goal.literals
                    model = better
            models.append(model)
            left = [goal for goal in left if not goal.is_met(model)]
        return tuple(_told(encoder, _needed(models, goals), goals))


def _needed(models: list[Model], goals: list[Goal]) -> list[Model]:
    """The walks without those that show nothing of their own."""
    kept = list(models)
    for model in reversed(models):
        others = [each for each in kept if each is not model]
        if all(any(goal.is_met(each) for each in others) for goal in goals if goal.is_met(model)):
            kept = others
    return kept


def _told(encoder: Encoder, models: list[Model], goals: list[Goal]) -> Iterator[Path]:
    told: set[str] = set()
    for model in models:
        shows = tuple(goal.words for goal in goals if goal.is_met(model) and goal.words not in told)
        told.update(shows)
        ends = [index for index in range(len(encoder.guide.exits)) if model.holds(encoder.taken(index))]
        due = tuple(each.id for each in encoder.guide.materials if model.holds(encoder.due(each)))
        yield Path(case_of(encoder, model), shows, ends[0] if ends else None, due)


def _goals(encoder: Encoder) -> Iterator[Goal]:
    facts, guide = encoder.roles.facts, encoder.guide
    for index, question in enumerate(encoder.questions):
        name = name_of(facts, question)
        yield Goal(f"问到{name}", (encoder.asked[index],))
        if question.when is not None:
            yield Goal(f"不问{name}", (encoder.alive[index], -encoder.asked[index]))
        yield from _options(encoder, index, question.ask, question.options)
    for index, each in enumerate(guide.exits):
        yield Goal(f"到{name_of(facts, each)}", (encoder.taken(index),))
    for element in (*guide.materials, *guide.steps, *guide.notices):
        yield from _sides(encoder, element)
    for name in VALUES:
        for index, value in enumerate(getattr(guide, name)):
            if value.when is not None:
                words = condition_words(facts, value.when)
                yield Goal(f"{name}：{words}", (encoder.reached(name, index),))
    yield Goal("走到结果", (encoder.ends_well,))


def _options(encoder: Encoder, index: int, fact_id: str, offered: tuple[str, ...]) -> Iterator[Goal]:
    fact = encoder.roles.facts.get(fact_id)
    if fact is None or encoder.roles.of(fact_id) != "asked":
        return
    asked, cell = encoder.values.answered[index], encoder.values.answer(fact_id).cell
    for option, literal in cell.options:
        if not offered or option in offered:
            yield Goal(f"“{fact.title}”选“{fact.options[option].title}”", (asked, literal))
    for piece, literal in cell.pieces:
        if fact.kind == "yes-no":
            yield Goal(f"“{fact.title}”选“{'是' if piece.sample else '否'}”", (asked, literal))
        elif fact.kind == "choice" and (not offered or piece.sample in offered):
            yield Goal(f"“{fact.title}”选“{fact.options[piece.sample].title}”", (asked, literal))
        elif len(cell.pieces) > 1:
            yield Goal(f"“{title_of(encoder.roles.facts, fact_id)}”在 {piece.sample} 那一段", (asked, literal))
    if not encoder.questions[index].required:
        yield Goal(f"“{fact.title}”跳过", (encoder.asked[index], -asked))


def _sides(encoder: Encoder, element: Element) -> Iterator[Goal]:
    name = name_of(encoder.roles.facts, element, encoder.forms)
    if isinstance(element, Material):
        yield Goal(f"要{name}", (encoder.due(element),))
        if element.when is not None or element.per is not None:
            yield Goal(f"不要{name}", (encoder.ends_well, -encoder.due(element)))
    elif element.when is not None:
        holds = encoder.holds_at_end(element.when)
        yield Goal(f"有{name}", (holds,))
        yield Goal(f"没有{name}", (encoder.ends_well, -holds))
