"""A guide's walk as clauses: which questions are asked, where it ends, what is due.

The semantics are those of hall/journey/walk.py: questions in order, one whose condition is false is
skipped; after each answer the exits are looked at in their order, the first that holds ends the walk;
what holds at the end is due.
"""

from collections.abc import Iterable

from hall.check.cnf import TRUE, Cnf
from hall.check.fields import Field, fields_of, group_or_fact
from hall.check.reads import Reads
from hall.check.roles import Roles
from hall.check.rows import several_hold
from hall.check.values import Values
from hall.content.conditions import Condition, Test, tests_in
from hall.content.models import Exit, Form, Guide, Material, Model, Pack, Question
from hall.content.source import Path
from hall.journey.prefill import forms_of

VALUES = ("result", "fee", "time_limit", "handled_by", "then")
"""Single values of a guide that may be a list with conditions (`then`: all that hold count)."""


class Encoder:
    """The clauses of one guide, built as far as they are asked for."""

    def __init__(self, pack: Pack, guide: Guide, free: bool = False, loose: frozenset[Path] = frozenset()) -> None:
        """`free`: see Roles. `loose`: origins of elements whose condition may or may not hold, whatever it says."""
        self.pack, self.guide, self.loose = pack, guide, loose
        self.roles = Roles(pack, guide, free)
        self.questions: tuple[Question, ...] = self.roles.questions
        self.forms: dict[str, Form] = {name: pack.forms[name] for name in forms_of(guide) if name in pack.forms}
        self.cnf = Cnf()
        self._loose: dict[Path, int] = {}
        self._tied: set[str] = set()
        self.reads = self._reads()
        self.values = Values(self.cnf, self.roles, self.reads)
        self.alive: list[int] = []
        """By question: whether the walk comes to it."""
        self.asked: list[int] = []
        self.fires: list[list[int]] = []
        """By question and exit: whether the exit's condition holds after the question."""
        self._moments: list[tuple[tuple[int, ...], int]] | None = None
        self._fields: dict[str, list[tuple[str, Field]]] | None = None
        self.stuck: list[int] = []
        """By question: whether the walk can't go on, since an earlier answer isn't among those offered here."""
        self._walk()

    def _reads(self) -> Reads:
        reads = Reads(self.roles.facts)
        guide = self.guide
        for element in (*self.questions, *guide.exits, *guide.materials, *guide.steps, *guide.notices):
            reads.condition(element.when)
        for name in VALUES:
            for value in getattr(guide, name):
                reads.condition(value.when)
        for material in guide.materials:
            if material.per is not None and reads.group_fact(material.per.each):
                reads.group(material.per.each).count(material.per.where, 1)
            if material.note_by and isinstance(material.note, dict):
                reads.test(Test(material.note_by, "one_of", tuple(material.note)))
        reads.is_form = True
        for form in self.forms.values():
            for field in fields_of(form):
                for condition in field.conditions:
                    reads.condition(condition)
        return reads

    def _walk(self) -> None:
        cnf, alive = self.cnf, TRUE
        exits = [self._matters_to(each.when) for each in self.guide.exits]
        for index, question in enumerate(self.questions):
            asked = cnf.all([alive, self._condition(question, index)])
            self.alive.append(alive)
            self.asked.append(asked)
            stuck = self._answer(index, question, asked)
            fires = [
                self._condition(each, index + 1) if not index or index in matters else self.fires[-1][number]
                for number, (each, matters) in enumerate(zip(self.guide.exits, exits, strict=True))
            ]
            self.fires.append(fires)
            self.stuck.append(stuck)
            alive = cnf.all([alive, -cnf.all([asked, cnf.any([*fires, stuck])])])
        self.ends_well = alive
        """Whether the walk ends with an outcome."""

    def _matters_to(self, condition: Condition | None) -> set[int]:
        """The questions whose answer a condition depends on."""
        return {index for test in tests_in(condition) for index in self.values.positions(test.fact)}

    def _condition(self, element: Question | Exit, time: int) -> int:
        """Whether a question's or an exit's condition holds at a time."""
        if element.origin in self.loose:
            return self._loose.setdefault(element.origin, self.cnf.new())
        if element.when is None and isinstance(element, Exit):
            return -TRUE
        return self.values.holds(element.when, time)

    def _answer(self, index: int, question: Question, asked: int) -> int:
        """An asked question gets one of the answers it offers, or is skipped where it may be.

        Gives whether the walk can't go on: the fact was asked before and its answer isn't offered here.
        """
        cnf, values = self.cnf, self.values
        answered = values.answered[index]
        cnf.add(-answered, asked)
        if question.required:
            cnf.add(-asked, answered)
        fact = self.roles.facts.get(question.ask)
        if not question.options or fact is None or self.roles.of(question.ask) != "asked":
            return -TRUE
        cell = values.answer(question.ask).cell
        before = cnf.any([self.asked[each] for each in self.roles.positions[question.ask] if each < index])
        if cell.options:
            for option, literal in cell.options:
                if option not in question.options:
                    cnf.add(-answered, before, -literal)
            return -TRUE
        offered = [literal for piece, literal in cell.pieces if piece.sample in question.options]
        cnf.add(-answered, before, *offered)
        return cnf.all([asked, before, *(-each for each in offered)]) if question.required else -TRUE

    def finish(self) -> None:
        """What no question on the path asked is filled in when a due form shows a field for it, and not otherwise."""
        if self.roles.free:
            return
        waiting = set(self._tied)
        while new := [name for name in self.values.answers if name not in waiting and self._is_filled(name)]:
            waiting.update(new)
            for fact_id in new:
                asked = [
                    self.cnf.all([self.form_due(name), self.shown(field)]) for name, field in self.fields_for(fact_id)
                ]
                on_path = self.cnf.any([self.asked[index] for index in self.roles.positions.get(fact_id, ())])
                has = self.values.off_path.get(fact_id) or self.values.answer(fact_id).cell.has
                is_filled = self.cnf.all([-on_path, self.cnf.any(asked)])
                self.cnf.add(-has, is_filled)
                self.cnf.add(has, -is_filled)
        self._tied = waiting

    def _is_filled(self, fact_id: str) -> bool:
        return fact_id in self.values.off_path or self.roles.of(fact_id) == "form"

    def fields_for(self, fact_id: str) -> list[tuple[str, Field]]:
        """The fields that ask for a fact or show it, each with its form."""
        if self._fields is None:
            self._fields = {}
            for name, form in self.forms.items():
                for field in fields_of(form):
                    self._fields.setdefault(group_or_fact(field.fact, self.roles.facts), []).append((name, field))
        return self._fields.get(fact_id, [])

    # What comes of a walk

    def taken_after(self, exit_index: int, question: int) -> int:
        """Whether the walk ends in this exit after this question."""
        fires = self.fires[question]
        return self.cnf.all(
            [-self.stuck[question], self.asked[question], fires[exit_index], *(-each for each in fires[:exit_index])]
        )

    def taken(self, exit_index: int) -> int:
        """Whether the walk ends in this exit."""
        cnf = self.cnf
        if self._moments is None:  # most exits look the same after many questions
            moments: dict[tuple[int, ...], list[int]] = {}
            for index, asked in enumerate(self.asked):
                moments.setdefault(tuple(self.fires[index]), []).append(cnf.all([asked, -self.stuck[index]]))
            self._moments = [(fires, cnf.any(asked)) for fires, asked in moments.items()]
        first = ((fires[exit_index], [-each for each in fires[:exit_index]], asked) for fires, asked in self._moments)
        return cnf.any([cnf.all([asked, fires, *before]) for fires, before, asked in first if fires != -TRUE])

    def reached(self, name: str, index: int) -> int:
        """Whether a walk comes to an element of one of the guide's lists: asks, takes or has it due."""
        if name == "questions":
            return self.asked[index]
        if name == "exits":
            return self.taken(index)
        element = getattr(self.guide, name)[index]
        if isinstance(element, Material):
            return self.due(element)
        if name in ("steps", "notices", "then", "time_limit"):
            return self.holds_at_end(element.when)
        return self.chosen(getattr(self.guide, name), index)

    def holds_at_end(self, condition: Condition | None) -> int:
        """Whether the walk ends with an outcome and a condition holds there."""
        return self.cnf.all([self.ends_well, self.values.holds(condition, self.values.outcome)])

    def due(self, material: Material) -> int:
        """Whether a material is due; one that is due per row needs a row."""
        due = self.holds_at_end(material.when)
        return self.cnf.all([due, self.per_row(material)])

    def per_row(self, material: Material) -> int:
        """Whether there is a row for a material that is due per row."""
        if material.per is None:
            return TRUE
        group = material.per.each
        if self.reads.group_fact(group) is None or self.roles.of(group) == "unasked":
            return -TRUE
        has = self.values.has(group, self.values.outcome)
        return self.cnf.all([has, self.values.rows(group).some(material.per.where)])

    def chosen(self, values: tuple[Model, ...], index: int) -> int:
        """Whether this one of a list of conditional values is the first that holds."""
        before = [-self.values.holds(each.when, self.values.outcome) for each in values[:index]]  # type: ignore[attr-defined]
        return self.cnf.all([self.holds_at_end(values[index].when), *before])  # type: ignore[attr-defined]

    def form_due(self, form_id: str) -> int:
        """Whether a form is part of the outcome."""
        if form_id in self.submitted():
            return self.ends_well
        return self.cnf.any([self.due(each) for each in self.guide.materials if each.form == form_id])

    def submitted(self) -> tuple[str, ...]:
        """The forms that are submitted, whatever the answers."""
        if self.guide.submits:
            return (self.guide.submits.form,)
        return tuple(stage.submits.form for stage in self.guide.stages)

    def shown(self, field: Field) -> int:
        """Whether a field of a form is there once the forms are being filled in."""
        return self.cnf.all([self.values.holds(each, self.values.filled) for each in field.conditions])

    def option(self, fact_id: str, option: str, time: int) -> int:
        """Whether an option is (among) the answer."""
        fact = self.roles.facts[fact_id]
        if fact.kind == "choices" and fact.derived is None:
            test = Test(fact_id, "has", option)
            cell = self.values.answer(fact_id).cell
            return self.cnf.all([self.values.has(fact_id, time), several_hold(self.cnf, cell.has, cell.options, test)])
        return self.values.test(Test(fact_id, "is", option), time)


def facts_read(conditions: Iterable[Condition | None]) -> tuple[str, ...]:
    """The facts that conditions read, each once."""
    return tuple(dict.fromkeys(test.fact for condition in conditions for test in tests_in(condition)))
