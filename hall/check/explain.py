"""Why a part of a guide is never reached: what would have to be otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from hall.check.cases import case_of
from hall.check.encode import Encoder
from hall.check.places import Places
from hall.check.solve import Prover
from hall.check.words import case_words, condition_words, name_of, test_words, title_of, value_words
from hall.content.conditions import All, Condition, Test, facts_in
from hall.content.models import Exit, Fact, Guide, Pack, Question
from hall.journey.walk import asked_questions


@dataclass(frozen=True)
class Why:
    """The reason in words, and the walk that comes nearest."""

    help: str
    path: str | None = None
    blocker: int | None = None
    """The exit that ends every walk before, when that is the reason: its place in the guide's list."""


class Explainer:
    """Finds the reason by proving the guide again with something taken out."""

    def __init__(self, pack: Pack, guide: Guide, places: Places) -> None:
        self.pack, self.guide, self.places = pack, guide, places
        self.questions: tuple[Question, ...] = asked_questions(guide)

    def why(self, name: str, index: int, condition: Condition | None) -> Why:
        """Why an element of one of the guide's lists is never reached.

        Of a part's element only what is wrong with its condition itself: the guide may not be at fault.
        """
        if getattr(self._element(name, index), "put", ()):
            words = condition_words(self.pack.facts, condition)
            help = f"用到这个片段的指南都没有一种回答能让它成立：{words}。请改条件，或者删去这一项。"
            alone = self._alone(condition)
            blocked = self._exits(name, index) if alone is None else None
            return alone or Why(help, None, blocked.blocker if blocked else None)
        for reason in (self._alone(condition), self._exits(name, index), self._asking(name, index, condition)):
            if reason is not None:
                return reason
        if condition is None:
            return Why("看看前面的问题和出口：没有一种回答能走到这里。")
        words = condition_words(self.pack.facts, condition)
        return Why(f"没有一种回答能让它成立：{words}。请改条件，或者删去这一项。")

    def _element(self, name: str, index: int) -> object:
        return self.questions[index] if name == "questions" else getattr(self.guide, name)[index]

    def _alone(self, condition: Condition | None) -> Why | None:
        """A comparison that no value of its fact fulfils, or two that contradict each other."""
        facts = self.pack.facts
        parts = condition.parts if isinstance(condition, All) else (condition,)
        for part in parts:
            if isinstance(part, Test) and not self._can_hold(part):
                return Why(self._no_value(part))
        if condition is not None and not self._can_hold(condition):
            return Why(f"条件自相矛盾，不会同时成立：{condition_words(facts, condition)}。请改其中一项。")
        return None

    def _can_hold(self, condition: Condition) -> bool:
        """Whether a condition holds for some values of its facts, whatever the guide asks."""
        bare = Guide.model_validate(
            {"id": "", "title": "", "in_force": {}, "for": (), "basis": (), "notices": [{"say": "", "when": condition}]}
        )
        encoder = Encoder(self.pack, bare, free=True)
        literal = encoder.holds_at_end(condition)
        with Prover(encoder) as prover:
            return prover.possible(literal)

    def _no_value(self, test: Test) -> str:
        """A comparison that no accepted value fulfils."""
        facts = self.pack.facts
        fact = facts.get(test.fact) or facts.get(test.fact.removeprefix("registered."))
        words = test_words(facts, test)
        bounds = _bounds_words(fact) if fact else ""
        tail = f"，而{bounds}" if bounds else ""
        return f"{words}，这不会发生{tail}。请改比较的值，或者改 data/facts 里的定义。"

    def _exits(self, name: str, index: int) -> Why | None:
        """The exits that end every walk before."""
        if name != "exits" and not self._reached(self.guide.model_copy(update={"exits": ()}), name, index):
            return None
        for number, each in enumerate(self.guide.exits):
            if name == "exits" and number >= index:
                break
            without = tuple(e for n, e in enumerate(self.guide.exits) if n != number)
            moved = index - 1 if name == "exits" else index
            if self._reached(self.guide.model_copy(update={"exits": without}), name, moved):
                line = self.places.line(each.origin, self.guide.file)
                help = f"{line}的{name_of(self.pack.facts, each)}总是先结束办理。请改那个出口的 when，或者改这里的。"
                path = self._nearest(self.guide.model_copy(update={"exits": without}), name, moved, each)
                return Why(help, path, number)
        lines = "、".join(self.places.line(each.origin, self.guide.file) for each in self.guide.exits[:6])
        return None if name == "exits" else Why(f"前面的出口（{lines}）已经把所有情形都结束了。请改其中一个的 when。")

    def _nearest(self, relaxed: Guide, name: str, index: int, blocker: Exit) -> str | None:
        """The walk that would get there, and the exit where it ends instead."""
        encoder = Encoder(self.pack, relaxed)
        goal = encoder.reached(name, index)
        with Prover(encoder) as prover:
            model = prover.shortest([goal])
        if model is None:
            return None
        case = case_of(encoder, model, index if name == "questions" else None)
        conditions = [blocker.when, *(question.when for question in self.questions)]
        return f"{case_words(encoder, case, conditions)} → {name_of(self.pack.facts, blocker)}"

    def _asking(self, name: str, index: int, condition: Condition | None) -> Why | None:
        """A question that isn't asked, or doesn't offer the option, where the condition needs it."""
        for number, question, changed, words in self._changes(condition):
            if name == "questions" and number == index:
                continue
            exits = () if name != "exits" else self.guide.exits
            if self._reached(self._with_question(number, changed, exits), name, index):
                line = self.places.line(question.origin, self.guide.file)
                return Why(f"{words}（{line}）。请改那里，或者改这里的条件。")
        for fact_id in facts_in(condition):
            if fact_id in self.guide.settles:
                value = self.guide.settles[fact_id]
                return Why(
                    f"“{title_of(self.pack.facts, fact_id)}”已经由 settles 定为 {value}。请改条件，或者删去这一项。"
                )
        return None

    def _changes(self, condition: Condition | None) -> Iterator[tuple[int, Question, Question, str]]:
        """Questions changed in one thing, with the words for how they are."""
        facts = self.pack.facts
        read = set(facts_in(condition))
        order = sorted(enumerate(self.questions), key=lambda each: each[1].ask not in read)
        for number, question in order:
            fact = facts.get(question.ask)
            if question.options and fact is not None:
                offered = "、".join(f"“{value_words(fact, option)}”" for option in question.options)
                words = f"“{fact.title}”在这个指南里只能选{offered}"
                yield number, question, question.model_copy(update={"options": ()}), words
            if question.when is not None and fact is not None:
                words = f"“{fact.title}”只在这种情况下才问：{condition_words(facts, question.when)}"
                yield number, question, question.model_copy(update={"when": None}), words

    def _with_question(self, number: int, changed: Question, exits: tuple[Exit, ...]) -> Guide:
        questions = (*self.questions[:number], changed, *self.questions[number + 1 :])
        return self.guide.model_copy(update={"questions": questions, "exits": exits})

    def _reached(self, guide: Guide, name: str, index: int) -> bool:
        encoder = Encoder(self.pack, guide)
        goal = encoder.reached(name, index)
        with Prover(encoder) as prover:
            return prover.possible(goal)


def _bounds_words(fact: Fact) -> str:
    """The values that a fact accepts."""
    if fact.options:
        return f"“{fact.title}”的选项是{'、'.join(f'“{each.title}”' for each in fact.options.values())}"
    words = [("不小于", fact.at_least), ("大于", fact.over), ("不大于", fact.at_most), ("小于", fact.under)]
    said = "、".join(f"{word} {limit}" for word, limit in words if limit is not None)
    return f"“{fact.title}”{said}" if said else ""
