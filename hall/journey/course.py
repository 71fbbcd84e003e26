"""The course of a case: every stop where something is asked, from the first question to the last form. Pure.

A stop is one page: questions that belong together, or one section of a form with what isn't known yet.
Nothing is asked twice: a fact that a question or an earlier form asks is not asked again.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from hall.content.models import Fact, Form, Guide, Pack, Publicity, Question
from hall.journey.answers import REGISTERED
from hall.journey.forms import Blank, Problem, fields_of, problems_of, row_problems
from hall.journey.known import Known
from hall.journey.prefill import changed_facts, identity
from hall.journey.walk import Walk, asked_questions, page_of, walk
from hall.journey.why import facts_read

_ROUNDS = 10  # a field may bring up another one; forms nest their conditions less deep


@dataclass(frozen=True)
class Ask:
    """One fact asked at a stop."""

    fact: Fact
    required: bool = True
    why: str | None = None
    label: str | None = None
    public: Publicity | None = None
    columns: tuple[str, ...] = ()
    """Of a group: the fields asked here; empty: all but those left to the form's page."""
    heading: str | None = None
    changes: bool = False
    """Whether the registered value stands beside it: 原登记, 申请变更为."""


@dataclass(frozen=True)
class Stop:
    """One page of asks; `key` is its address, stable while the answers before it stay."""

    key: str
    title: str
    kind: Literal["question", "form"]
    asks: tuple[Ask, ...]
    form: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Course:
    """Where a case stands."""

    walk: Walk
    stops: tuple[Stop, ...]
    known: Known
    """Everything in use: the path's answers, the registry's values, and what the due forms need."""
    forms: tuple[str, ...] = ()
    """The forms that are due now: of the outcome, or of the stage."""

    def stop(self, key: str | None) -> Stop | None:
        """The stop of an address."""
        return next((stop for stop in self.stops if stop.key == key), None)

    def next_to(self, stop: Stop) -> Stop | None:
        """The stop after this one."""
        index = self.stops.index(stop)
        return self.stops[index + 1] if index + 1 < len(self.stops) else None

    def before(self, stop: Stop) -> Stop | None:
        """The stop before this one."""
        index = self.stops.index(stop)
        return self.stops[index - 1] if index else None

    def stop_of(self, fact_id: str) -> Stop | None:
        """Where a fact is asked."""
        return next((stop for stop in self.stops if any(ask.fact.id == fact_id for ask in stop.asks)), None)

    def first_open(self, unread: Collection[str] = ()) -> Stop | None:
        """The first stop where something is missing; `unread`: facts whose typed text isn't accepted yet."""
        return next((stop for stop in self.stops if list(missing(stop, self, unread))), None)


def course_of(
    pack: Pack, guide: Guide, values: Mapping[str, Any], registered: Mapping[str, Any], stage: str | None = None
) -> Course:
    """The course for parsed values of questions and forms; with a stage, only the forms due in it.

    What a form needs and no question on this path asked, the form asks. `registered` has `registered.…` ids.
    """
    asked = {question.ask for question in asked_questions(guide)}
    settled = {key: value for key, value in identity(registered).items() if key not in changed_facts(pack, guide)}
    values = {**values, **settled}
    answers = {key: value for key, value in values.items() if key in asked}
    given = {key: value for key, value in values.items() if key not in asked and value is not None}
    read = facts_read(pack, guide)
    done = walk(pack.facts, guide, answers, {**registered, **settled, **{k: v for k, v in given.items() if k in read}})
    stops = list(_question_stops(pack, guide, done))
    if done.outcome is None:
        shown = {ask.fact.id for stop in stops for ask in stop.asks} & answers.keys()
        given_here = {fact: answers[fact] for fact in shown if answers[fact] is not None}
        return Course(done, tuple(stops), Known(pack.facts, {**done.known.values, **given_here}))
    forms = [pack.forms[form] for form in _due_forms(done, stage) if form in pack.forms]
    on_path = {step.question.ask for step in done.path}
    off_path = {key: value for key, value in answers.items() if key not in on_path and value is not None}
    known = _relevant(forms, done.known, {**given, **off_path})
    stops += _form_stops(forms, known, on_path | guide.settles.keys() | settled.keys())
    return Course(done, tuple(stops), known, tuple(form.id for form in forms))


def form_course(pack: Pack, form: Form, values: Mapping[str, Any]) -> Course:
    """The course of a form that is filled in without a guide."""
    known = _relevant([form], Known(pack.facts, {}), values)
    return Course(Walk("outcome", (), known=known), tuple(_form_stops([form], known, set())), known, (form.id,))


def missing(stop: Stop, course: Course, unread: Collection[str] = ()) -> Iterator[Problem]:
    """What a stop still lacks before one can go on."""
    for ask in stop.asks:
        value = course.known(ask.fact.id)
        if ask.fact.id in unread:
            more = "有的行还没有填完" if ask.fact.kind == "group" else "还没有填对"
            yield Problem(ask.fact.id, f"“{ask.fact.title}”{more}。")
        elif ask.required and value in (None, "", ()):
            yield Problem(ask.fact.id, _please(ask.fact))
        elif ask.columns:
            yield from row_problems(Blank(ask.fact.id, True, None, columns=ask.columns), course.known)


def problems(pack: Pack, course: Course) -> tuple[Problem, ...]:
    """What is wrong over all due forms, each said once; errors stop, warnings ask to confirm."""
    found = [problem for form in course.forms for problem in problems_of(pack.forms[form], course.known)]
    for ask in (ask for stop in course.stops for ask in stop.asks if ask.changes):
        before = course.known(f"{REGISTERED}{ask.fact.id}")
        if before is not None and before == course.known(ask.fact.id):
            found.append(Problem(ask.fact.id, f"“{ask.fact.title}”和原来登记的一样，没有变更。"))
    return tuple(dict.fromkeys(found))


def only(course: Course, facts: Collection[str]) -> Course:
    """The course cut down to the stops and asks of these facts, as a correction reopens them."""
    stops = (
        replace(stop, asks=tuple(replace(ask, columns=()) for ask in stop.asks if ask.fact.id in facts))
        for stop in course.stops
    )
    return replace(course, stops=tuple(stop for stop in stops if stop.asks))


def _please(fact: Fact) -> str:
    if fact.kind in ("choice", "choices", "yes-no", "region"):
        return f"请选择“{fact.title}”。"
    return f"请至少填写一行“{fact.title}”。" if fact.kind == "group" else f"请填写“{fact.title}”。"


def _due_forms(done: Walk, stage: str | None) -> tuple[str, ...]:
    if done.outcome is None:
        return ()
    if stage is None:
        return done.outcome.forms
    due = [each.material.form for each in done.outcome.materials if each.material.stage in (stage, None)]
    due += [each.submits.form for each in done.outcome.stages if each.id == stage]
    return tuple(dict.fromkeys(form for form in due if form))


def _question_stops(pack: Pack, guide: Guide, done: Walk) -> Iterator[Stop]:
    """The questions on the path and the next one, those of one page title together."""
    reached = [step.question for step in done.path] + ([done.question] if done.question else [])
    seen: set[int] = set()
    for question in reached:
        if id(question) in seen or question.ask not in pack.facts:
            continue
        page = page_of(guide, question, done.known)
        seen |= {id(each) for each in page}
        asks = tuple(_ask(pack.facts[each.ask], each) for each in page if each.ask in pack.facts)
        yield Stop(page[0].ask, question.page or asks[0].fact.title, "question", asks)


def _ask(fact: Fact, question: Question) -> Ask:
    if question.options:
        offered = {key: fact.options[key] for key in question.options if key in fact.options}
        fact = fact.model_copy(update={"options": offered})
    return Ask(fact, question.required and fact.required, question.why)


def _relevant(forms: list[Form], base: Known, given: Mapping[str, Any]) -> Known:
    """What the walk knows and the given values that these forms ask for; the rest isn't used."""
    known = base
    for _ in range(_ROUNDS):
        wanted = {blank.fact for form in forms for blank in fields_of(form, known)}
        more = {fact: given[fact] for fact in wanted if fact in given and fact not in base.values}
        if more.keys() <= known.values.keys():
            break
        known = Known(base.facts, {**base.values, **more})
    return known


def _form_stops(forms: list[Form], known: Known, asked: Collection[str]) -> Iterator[Stop]:
    """A stop for each section that asks something new."""
    seen, done = set(asked), dict[str, set[str]]()
    for form in forms:
        every = [_without(blank, done.get(blank.fact, set())) for blank in fields_of(form, known)]
        blanks = [blank for blank in every if _is_new(blank, seen, known)]
        for index, section in enumerate(form.sections):
            here = [blank for blank in blanks if blank.index == index]
            if not here:
                continue
            asks = tuple(_form_ask(known.facts[blank.fact], blank, blank.fact in seen) for blank in here)
            key = f"{form.id}.{index + 1}"
            yield Stop(key, section.title or form.title, "form", asks, form.id, section.note)
        seen |= {blank.fact for blank in blanks}
        for blank in blanks:
            done.setdefault(blank.fact, set()).update(blank.columns)


def _without(blank: Blank, columns: Collection[str]) -> Blank:
    """The blank without the columns that an earlier form asks."""
    return replace(blank, columns=tuple(name for name in blank.columns if name not in columns))


def _is_new(blank: Blank, seen: Collection[str], known: Known) -> bool:
    """Not asked before; or a group of which this form needs fields that were left to it."""
    if blank.fact not in seen:
        return True
    fields = known.facts[blank.fact].of
    return any(fields[name].on_form for name in blank.columns if name in fields)


def _form_ask(fact: Fact, blank: Blank, before: bool) -> Ask:
    columns = blank.columns
    if fact.kind == "group" and before:
        columns = tuple(name for name in columns if name in fact.of and fact.of[name].on_form)
    elif fact.kind == "group":
        plain = [name for name, field in fact.of.items() if field.required and not field.on_form]
        columns = tuple(name for name in fact.of if name in {*plain, *columns})
    required = blank.required or (fact.kind == "group" and bool(fact.at_least))
    return Ask(fact, required, None, blank.label, blank.public, columns, blank.heading, blank.changes)
