"""Claims about the walk: every question and exit can be reached, nothing is asked twice, exits don't clash."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from hall.check.explain import Explainer
from hall.check.proof import Proof
from hall.check.solve import Model
from hall.check.words import path_words, short, title_of
from hall.content.findings import Finding
from hall.content.models import Element, Exit

DEAD = {
    "questions": ("unreachable-question", "永远问不到"),
    "exits": ("unreachable-exit", "永远到不了"),
    "materials": ("dead-material", "永远用不到"),
    "steps": ("dead-step", "永远用不到"),
    "notices": ("dead-notice", "永远不会显示"),
}


def claim_walk(p: Proof) -> None:
    """Registers the claims about questions and exits."""
    encoder = p.encoder
    for index, question in enumerate(encoder.questions):
        if p.is_loose(question):
            continue
        p.wish(1, [encoder.asked[index]], dead(p, "questions", index, question))
        if question.when is not None:
            p.wish(2, [encoder.alive[index], -encoder.asked[index]], always(p, question))
    for index, each in enumerate(p.guide.exits):
        if not p.is_loose(each) and each.when is not None:
            p.wish(1, [encoder.taken(index)], dead(p, "exits", index, each))
    if not any(p.is_loose(each) for each in (*encoder.questions, *p.guide.exits)):
        _asked_twice(p)
        _overlaps(p)


def dead(p: Proof, name: str, index: int, element: Element) -> Callable[[], Iterator[Finding]]:
    """The finding of an element that no walk reaches, with the reason."""

    def fail() -> Iterator[Finding]:
        p.bury(name, index)
        if element.origin in p.blamed:
            return
        p.blamed.add(element.origin)
        if p.reads_dead(element.when):
            return  # it would be asked for by a question that is never asked
        code, words = DEAD[name]
        why = Explainer(p.pack, p.guide, p.places).why(name, index, element.when)
        finding = p.places.finding(p.where_wrong(element), code, f"{p.name(element)}{words}", why.help, why.path)
        if why.blocker is None:
            yield finding
        else:
            p.together.block(why.blocker, finding, p.name(element))

    return fail


def always(p: Proof, element: Element) -> Callable[[], Iterable[Finding]]:
    """The finding of a condition that holds on every walk that comes to it."""

    def fail() -> Iterator[Finding]:
        if element.origin in p.blamed:
            return
        message = f"{p.name(element)}的条件总是成立"
        help = "这里的 when 可以删去；如果应当有时不成立，请改条件。"
        yield p.places.finding((*element.origin, "when"), "always", message, help)

    return fail


def _asked_twice(p: Proof) -> None:
    encoder = p.encoder
    for fact_id, positions in encoder.roles.positions.items():
        for first, second in combinations(positions, 2):
            literals = [encoder.asked[first], encoder.asked[second]]
            p.ban(literals, _twice(p, fact_id, first, second))


def _twice(p: Proof, fact_id: str, first: int, second: int) -> Callable[[Model], Iterator[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        before, again = p.encoder.questions[first], p.encoder.questions[second]
        at = again.put or p.where_wrong(again)
        line = p.places.line(p.place_in_guide(before), str(at[0]))
        message = f"“{title_of(p.facts, fact_id)}”在同一条路上问了两次，前一次在{line}"
        help = "让两处的 when 互相排斥，或者删去一处。"
        path = path_words(p.encoder, model, second, [before.when, again.when])
        yield p.places.finding(at, "asked-twice", message, help, path)

    return fail


def _overlaps(p: Proof) -> None:
    """Exits with different ends that can become true at the same moment, so that only their order decides."""
    encoder = p.encoder
    for first, second in combinations(range(len(p.guide.exits)), 2):
        one, other = p.guide.exits[first], p.guide.exits[second]
        if one.refer == other.refer or one.when is None or other.when is None:
            continue
        both = encoder.cnf.any(
            [
                encoder.cnf.all([encoder.taken_after(first, index), encoder.fires[index][second]])
                for index in range(len(encoder.questions))
            ]
        )
        p.ban([both], _overlap(p, one, other))


def _overlap(p: Proof, one: Exit, other: Exit) -> Callable[[Model], Iterator[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        if {one.origin, other.origin} & p.blamed:
            return
        at = p.place_in_guide(other)
        line = p.places.line(p.place_in_guide(one), str(at[0]))
        message = f"这个出口和{line}的出口“{short(one.say)}”会同时成立，去处却不同，只看谁写在前面"
        help = "在这个出口的 when 里排除前一个出口的情形，让两个出口不会同时成立。"
        yield p.places.finding(
            at, "exits-overlap", message, help, path_words(p.encoder, model, None, [one.when, other.when])
        )

    return fail
