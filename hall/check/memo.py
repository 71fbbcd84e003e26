"""Remembers what each task found of each definition, and does again only those that a change can matter to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hall.check.fields import fields_of
from hall.check.proof import Result
from hall.check.recording import Changes, Recording
from hall.content.models import Fact, Form, Guide, Pack

WATCHED = ("facts", "guides", "parts", "forms", "scenarios", "laws", "asked_before")
_WORDS = {"title", "question", "help", "suggest", "pattern_says", "personal"}
"""Keys of a fact that only change what is said."""
_WALK = (
    "subject", "kind", "settles", "questions", "exits", "materials", "steps", "notices", "submits", "stages", "result",
    "fee", "time_limit", "handled_by", "then",
)  # fmt: skip
"""Keys of a guide that its proof depends on."""


@dataclass
class Checked:
    """What a task found of a definition, and what it looked at for that."""

    thing: object
    given: object
    """What else the task was given, compared as a whole."""
    seen: dict[str, Recording]
    result: Result = field(default_factory=Result)

    def reads(self, facts: set[str]) -> bool:
        """Whether one of these facts was looked up."""
        watch = self.seen["facts"]
        return watch.whole or not watch.seen.isdisjoint(facts)


Task = Callable[[Pack], Result]


class Memo:
    """What has been found so far; `begin` says what a pack is now."""

    def __init__(self) -> None:
        self.done: dict[tuple[str, str], Checked] = {}
        self._things: dict[str, Mapping[str, Any]] = {}
        self._changes = Changes({}, {}, {})
        self._pack = Pack()

    def begin(self, pack: Pack, asked_before: Mapping[str, frozenset[str]]) -> None:
        """Takes note of what changed since the last time."""
        things = {kind: getattr(pack, kind) for kind in WATCHED if kind != "asked_before"}
        old = self._things.get("asked_before", {})
        kept = {key: old[key] if old.get(key) == value else value for key, value in asked_before.items()}
        things["asked_before"] = kept
        self._changes = Changes(self._things, things, {"facts": same_fact, "forms": same_form})
        self._things, self._pack = things, pack

    def narrow(self, pack: Pack) -> None:
        """Goes on with a pack without its broken facts; what was found before of their readers counts no more."""
        gone = self._things["facts"].keys() - pack.facts.keys()
        self._things = {**self._things, "facts": pack.facts}
        self._pack = pack
        for key in [key for key, each in self.done.items() if key[0] != "facts" and each.reads(gone)]:
            del self.done[key]

    def known(
        self, key: tuple[str, str], thing: object, given: object, alike: Callable[[Any, Any], bool] | None = None
    ) -> Checked | None:
        """What a task found the last time, when doing it again would find the same.

        `alike`: whether another thing of that name gives the same, as long as nothing was found.
        """
        before = self.done.get(key)
        if before is None or before.given != given:
            return None
        is_silent = not before.result.all()
        if before.thing is not thing and not (is_silent and alike is not None and alike(before.thing, thing)):
            return None
        if self._changes.touch(before.seen, is_silent):
            return None
        before.thing = thing
        return before

    def do(
        self, key: tuple[str, str], thing: object, given: object, task: Task,
        alike: Callable[[Any, Any], bool] | None = None,
    ) -> Result:  # fmt: skip
        """What a task finds of a definition."""
        before = self.known(key, thing, given, alike)
        if before is None:
            seen = {kind: Recording(things) for kind, things in self._things.items()}
            before = Checked(thing, given, seen, task(self._pack.model_copy(update=seen)))
            self.done[key] = before
        return before.result


def same_fact(a: Fact, b: Fact) -> bool:
    """Whether two facts differ in words alone."""
    return all(getattr(a, key) == getattr(b, key) for key in Fact.model_fields if key not in _WORDS)


def same_form(a: Form, b: Form) -> bool:
    """Whether two forms ask and show the same, under the same conditions."""
    return fields_of(a) == fields_of(b) and a.in_force == b.in_force and a.submits == b.submits and a.rules == b.rules


def same_walk(a: Guide, b: Guide) -> bool:
    """Whether two guides are walked alike."""
    return all(getattr(a, key) == getattr(b, key) for key in _WALK)


def same_paper(a: Form, b: Form) -> bool:
    """Whether two forms have the same cells on the same paper."""
    return a.sections == b.sections and a.asks == b.asks and a.paper == b.paper
