"""Claims about single comparisons: their fact can be known there, they can hold, `not` reads what was asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hall.check.cnf import TRUE
from hall.check.encode import VALUES
from hall.check.proof import Proof
from hall.check.solve import Model
from hall.check.words import path_words, test_words, title_of
from hall.content.conditions import All, Any_, Condition, Not, Test, tests_in
from hall.content.findings import Finding
from hall.content.models import Element, Exit, Fact, Question
from hall.journey.answers import REGISTERED

Context = tuple[int, int]
"""A literal for: the condition is looked at; and the time when it is."""


@dataclass(frozen=True)
class Reading:
    """An element's condition and where it is looked at."""

    element: Element
    contexts: tuple[Context, ...]
    latest: int
    """The last time it is looked at; a fact that has no value by then never counts."""


def claim_tests(p: Proof) -> None:
    """Registers the claims about every comparison of every element."""
    sees_walk = not any(p.is_loose(each) for each in (*p.encoder.questions, *p.guide.exits))
    for reading in _readings(p):
        if p.is_loose(reading.element) or reading.element.when is None:
            continue
        _values_known(p, reading)
        _can_hold(p, reading)
        if sees_walk:
            _unasked(p, reading)


def _readings(p: Proof) -> Iterator[Reading]:
    encoder, guide = p.encoder, p.guide
    outcome = encoder.values.outcome
    for index, question in enumerate(encoder.questions):
        yield Reading(question, ((encoder.alive[index], index),), index)
    after = tuple((encoder.asked[index], index + 1) for index in range(len(encoder.questions)))
    for each in guide.exits:
        yield Reading(each, after, outcome)
    for element in (*guide.materials, *guide.steps, *guide.notices, *_values(p)):
        yield Reading(element, ((encoder.ends_well, outcome),), outcome)


def _values(p: Proof) -> Iterator[Element]:
    """The guide's conditional values, as elements."""
    for name in VALUES:
        for index, value in enumerate(getattr(p.guide, name)):
            yield Element(when=value.when, origin=p.places.of_value(p.guide.file, name, index))


# A fact that has no value where the condition is looked at


def _values_known(p: Proof, reading: Reading) -> None:
    for index, test in enumerate(tests_in(reading.element.when)):
        if test.operator == "answered" and not test.value:
            continue
        lacking = lacks(p, test.fact, reading)
        if lacking:
            p.wish(0, [-TRUE], _no_value(p, reading, index, test, lacking))


def lacks(p: Proof, fact_id: str, reading: Reading) -> str | None:
    """The fact without a value that makes this one have none, None when it may have one."""
    values = p.encoder.values
    fact = p.facts.get(fact_id)
    if fact is not None and fact.derived is not None:
        derived = fact.derived
        named = derived.count or derived.any or derived.all or (derived.sum or derived.first or "").rpartition(".")[0]
        if named:
            return lacks(p, named, reading)
        inner = [lacks(p, each, reading) for each in derived.compare or derived.same or ()]
        if inner:
            return next((each for each in inner if each), None)
        others = derived.either or [part for part in derived.join or () if part in p.facts]
        read = [lacks(p, each, reading) for each in others or (test.fact for test in tests_in(derived.when))]
        return read[0] if read and all(read) else None
    time = reading.latest
    if isinstance(reading.element, Exit) and p.encoder.roles.of(fact_id) == "form":
        return fact_id
    return fact_id if values.has(fact_id, time) == -TRUE else None


def _no_value(p: Proof, reading: Reading, index: int, test: Test, lacking: str) -> Callable[[], Iterable[Finding]]:
    def fail() -> Iterator[Finding]:
        p.blamed.add(reading.element.origin)
        code, message, help = _why_unknown(p, reading.element, lacking)
        if lacking != test.fact:
            message = f"“{title_of(p.facts, test.fact)}”要由“{title_of(p.facts, lacking)}”算出，{message}"
        at = p.places.test(reading.element, index)
        put = reading.element.put
        if code == "asked-too-late" and put and at[0] != put[0]:
            message += f"（{p.places.line(at)}）"
            at = put
        cause = REGISTERED if _lacks_registry(p, lacking) else lacking
        p.together.read(cause, p.places.finding(at, code, message, help))
        yield from ()

    return fail


def _lacks_registry(p: Proof, fact_id: str) -> bool:
    """Whether nothing of the registry is known in the guide."""
    return fact_id.startswith(REGISTERED) and p.guide.subject != "registered"


def _why_unknown(p: Proof, element: Element, fact_id: str) -> tuple[str, str, str]:
    """Why a fact has no value there: code, message, help."""
    title, roles = title_of(p.facts, fact_id), p.encoder.roles
    base = fact_id if fact_id in p.facts else fact_id.rpartition(".")[0]
    positions = roles.positions.get(base, [])
    if positions:
        late = p.encoder.questions[positions[0]]
        line = p.places.line(p.place_in_guide(late), str(element.origin[0]))
        message = f"条件要看“{title}”，可是它到{line}才问"
        return "asked-too-late", message, "把那个问题移到这里前面，或者改这里的条件。"
    if fact_id.startswith(REGISTERED):
        fact = p.facts.get(fact_id.removeprefix(REGISTERED))
        if fact is not None and not fact.registry:
            message = f"条件要看“{title}”，可是登记库里没有这一项"
            return "unasked-fact", message, f"给事实 {fact.id} 写上 registry: 哪一列，或者改条件。"
        message = f"条件要看“{title}”，可是这个指南不从登记库里找主体"
        return "unasked-fact", message, "写上 subject: registered，或者改条件。"
    if roles.of(base) == "form":
        message = f"条件要看“{title}”，可是它到填表的时候才问"
        return "asked-too-late", message, f"在 questions 里先问：- ask: {base}；或者改条件。"
    message = f"条件要看“{title}”，可是这个指南没有问过它"
    return "unasked-fact", message, f"在 questions 里加上 - ask: {base}；或者改条件。"


# A comparison that never holds, though its condition does


def _can_hold(p: Proof, reading: Reading) -> None:
    tests = list(tests_in(reading.element.when))
    if len(tests) < 2:
        return  # the element itself is then never reached, which says more
    cnf, values = p.encoder.cnf, p.encoder.values
    for index, test in enumerate(tests):
        holds = cnf.any([cnf.all([literal, values.test(test, time)]) for literal, time in reading.contexts])
        if holds != TRUE:
            p.wish(3, [holds], _never(p, reading.element, index, test))


def _never(p: Proof, element: Element, index: int, test: Test) -> Callable[[], Iterable[Finding]]:
    def fail() -> Iterator[Finding]:
        if element.origin in p.blamed or p.reads_dead(test):
            return
        message = f"{p.name(element)}的条件里，{test_words(p.facts, test)}，这从来不会成立"
        help = "改成会出现的值，或者删去这一项。" + _possible_values(p, test.fact)
        yield p.places.finding(p.places.test(element, index), "never", message, help)

    return fail


def _possible_values(p: Proof, fact_id: str) -> str:
    """What the guide offers for a choice."""
    fact: Fact | None = p.facts.get(fact_id)
    asked = [p.encoder.questions[index] for index in p.encoder.roles.positions.get(fact_id, ())]
    if fact is None or not fact.options or not asked:
        return ""
    offered = [key for key in fact.options if any(not each.options or key in each.options for each in asked)]
    return f"“{fact.title}”在这个指南里可以选：{'、'.join(offered)}。"


# `not` over something that may not have been asked


def _unasked(p: Proof, reading: Reading) -> None:
    """A comparison under `not` whose fact may be unasked there, where that makes the condition hold."""
    condition = reading.element.when
    under_not = set(_under_not(condition, False, [0]))
    if not under_not or reading.element.origin in p.blamed:
        return
    cnf, values = p.encoder.cnf, p.encoder.values
    for index, test in enumerate(tests_in(condition)):
        if index not in under_not or test.operator == "answered":
            continue
        surprising = []
        for literal, time in reading.contexts:
            has = values.has(test.fact, time)
            if has != TRUE:
                otherwise = _holds_if(p, condition, time, index, TRUE, [0])
                surprising.append(cnf.all([literal, -has, values.holds(condition, time), -otherwise]))
        if surprising:
            p.ban([cnf.any(surprising)], _surprise(p, reading, index, test))


def _under_not(condition: Condition | None, negative: bool, counter: list[int]) -> Iterator[int]:
    match condition:
        case Test():
            if negative:
                yield counter[0]
            counter[0] += 1
        case All(parts) | Any_(parts):
            for part in parts:
                yield from _under_not(part, negative, counter)
        case Not(part):
            yield from _under_not(part, not negative, counter)


def _holds_if(p: Proof, condition: Condition | None, time: int, which: int, literal: int, counter: list[int]) -> int:
    """Whether the condition holds when its n-th comparison is taken to be a literal."""
    cnf = p.encoder.cnf
    match condition:
        case Test():
            counter[0] += 1
            return literal if counter[0] - 1 == which else p.encoder.values.test(condition, time)
        case All(parts):
            return cnf.all([_holds_if(p, part, time, which, literal, counter) for part in parts])
        case Any_(parts):
            return cnf.any([_holds_if(p, part, time, which, literal, counter) for part in parts])
        case Not(part):
            return -_holds_if(p, part, time, which, literal, counter)
    return TRUE


def _surprise(p: Proof, reading: Reading, index: int, test: Test) -> Callable[[Model], Iterable[Finding]]:
    def fail(model: Model) -> Iterator[Finding]:
        element = reading.element
        if element.origin in p.blamed:
            return
        title = title_of(p.facts, test.fact)
        until = None
        if isinstance(element, Question):
            until = next(n for n, each in enumerate(p.encoder.questions) if each is element)
        message = f"not 里看“{title}”，可是走到这里它可能还没有答过，没有答过时 not 也算成立"
        help = f"加上 {{{test.fact}: {{answered: true}}}}，或者不用 not，直接写出要的值。"
        path = path_words(p.encoder, model, until, [element.when])
        yield p.places.finding(p.places.test(element, index), "maybe-unasked", message, help, path)

    return fail
