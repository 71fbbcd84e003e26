"""Checks every definition of a pack, and again only those that a change can matter to."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hall.check.claims_due import claim_due
from hall.check.claims_forms import claim_forms, prove_form, reads_of
from hall.check.claims_tests import claim_tests
from hall.check.claims_walk import claim_walk
from hall.check.dates import check_form_dates, check_guide_dates, check_law_dates
from hall.check.examples import check_examples
from hall.check.form_refs import FormReferences
from hall.check.forms import check_form
from hall.check.guide_refs import GuideReferences
from hall.check.links import check_aliases, check_successors
from hall.check.places import Places
from hall.check.proof import Key, Proof, Result
from hall.check.reads import is_whole
from hall.check.recording import Recording
from hall.check.references import References
from hall.check.referrals import check_referrals
from hall.check.scenarios import check_scenario
from hall.check.usage import check_idle, check_rules, check_usage, parts_of
from hall.check.vocabulary import Vocabulary
from hall.content.conditions import tests_in
from hall.content.findings import Finding
from hall.content.load import Loader
from hall.content.models import Element, Fact, Form, Guide, Pack, Question, Use
from hall.content.source import Path as Place

_KINDS = ("guide", "part", "scenario", "form", "facts", "laws", "authorities")
_WATCHED = ("facts", "guides", "parts", "forms", "scenarios", "laws")


@dataclass
class Checked:
    """What checking one definition gave, and what it looked at."""

    thing: object
    names: Mapping[str, set[str]]
    on: date | None
    watched: dict[str, Recording]
    result: Result = field(default_factory=Result)
    parts: frozenset[str] = frozenset()
    is_proved: bool = False
    forms: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    """Facts with mistakes in their definition."""

    def still_holds(self, thing: object, pack: Pack, names: Mapping[str, set[str]], on: date | None) -> bool:
        """Whether checking again would give the same."""
        same = self.thing is thing and self.names == names and self.on == on
        return same and all(watch.still_holds(getattr(pack, each)) for each, watch in self.watched.items())


class Checker:
    """Checks one content root; kept, it checks only what changed since the last time.

    `loader.overlay` may be set to texts that are being typed, by file.
    """

    def __init__(self, root: Path, overlay: Mapping[str, str] | None = None) -> None:
        self.loader = Loader(root, overlay)
        self.pack = Pack()
        """What is sound, as of the last check."""
        self._done: dict[tuple[str, str], Checked] = {}

    def check(self, on: date | None = None) -> set[Finding]:
        """Every finding. With a date, guides not in force on it are left out."""
        collects = gc.isenabled()
        gc.disable()  # nothing is thrown away while a pack is read, and looking for it takes long
        try:
            return self._check(on)
        finally:
            if collects:
                gc.enable()

    def _check(self, on: date | None) -> set[Finding]:
        self.pack = self.loader.load()
        draft = self.loader.draft
        names = {kind: self.loader.names(kind) for kind in _KINDS}
        places = Places(self.loader.sources)
        found = set(self.loader.findings)
        results: list[Checked] = []
        for file, built in self.loader.built.items():
            if built.kind == "facts":
                results.append(self._once("facts", file, built, draft, names, on))
        draft = draft.model_copy(update={"facts": _sound_facts(draft.facts, results)})
        for guide in draft.guides.values():
            if on is None or guide.in_force.contains(on):
                results.append(self._once("guide", guide.id, guide, draft, names, on))
        for form in draft.forms.values():
            results.append(self._once("form", form.id, form, draft, names, on))
        for name, scenario in draft.scenarios.items():
            results.append(self._once("scenario", name, scenario, draft, names, on))
        self._done = {key: each for key, each in self._done.items() if any(each is one for one in results)}
        found |= {finding for each in results for finding in each.result.findings}
        found |= set(_in_parts(results)) | set(_in_forms(results))
        found |= set(check_law_dates(draft.laws, places))
        found |= set(check_referrals(_sound(draft, self.pack, found), places)) | set(check_successors(draft, places))
        found |= set(check_aliases(draft, places)) | set(check_rules(draft, places))
        if not any(finding.severity == "error" for finding in found):
            found |= set(check_usage(draft, places, self.loader.sources))  # a misspelt name is no sign of disuse
        return found

    def _once(
        self, kind: str, name: str, thing: Any, pack: Pack, names: Mapping[str, set[str]], on: date | None
    ) -> Checked:
        """The check of one definition, done again when something that it looked at changed."""
        before = self._done.get((kind, name))
        if before is not None and before.still_holds(thing, pack, names, on):
            return before
        watched = {each: Recording(getattr(pack, each)) for each in _WATCHED}
        checked = Checked(thing, names, on, watched)
        seen = pack.model_copy(update=watched)
        places = Places(self.loader.sources)
        references = References(seen, places, names)
        if kind == "guide":
            self._guide(thing, seen, places, references, checked)
        elif kind == "form":
            checked.result.findings += self._form(thing, seen, places, references)
        elif kind == "scenario":
            checked.result.findings += self._scenario(name, thing, seen, places, references)
        else:
            vocabulary = Vocabulary(references)
            broken = set()
            for fact in thing.sound.values():
                wrong = list(vocabulary.fact(name, fact))
                checked.result.findings += wrong
                broken |= {fact.id} if any(each.code != "example-invalid" for each in wrong) else set()
            checked.broken = frozenset(broken)
        self._done[kind, name] = checked
        return checked

    def _guide(self, guide: Guide, pack: Pack, places: Places, references: References, checked: Checked) -> None:
        named = list(GuideReferences(references).guide(guide))
        checked.parts = parts_of(guide)
        checked.result.findings += named
        checked.result.findings += check_guide_dates(guide, pack, places, checked.on)
        if _walk_is_lost(guide, pack, places):
            return
        proof = Proof(pack, guide, places, frozenset(_loose(guide, pack, places)))
        for claim in (claim_walk, claim_tests, claim_due, claim_forms):
            claim(proof)
        result = proof.settle()
        checked.is_proved = True
        checked.result.findings += result.findings
        checked.result.of_parts, checked.result.of_forms = result.of_parts, result.of_forms
        checked.forms = frozenset(form.file for form in proof.encoder.forms.values())
        said = (*result.findings, *result.of_parts.values(), *(pair[0] for pair in result.of_forms.values()))
        wrong = any(each.severity == "error" for each in said)
        if not proof.loose and not named and not wrong:
            checked.result.findings += check_idle(proof.encoder, places)
            if not self.loader.sources[guide.file].damaged:
                checked.result.findings += check_examples(pack, guide, places)

    def _form(self, form: Form, pack: Pack, places: Places, references: References) -> Iterator[Finding]:
        named = list(FormReferences(references).form(form))
        yield from named
        yield from check_form(form, pack.facts, places)
        yield from check_form_dates(form, pack, places)
        reads_whole = all(is_whole(pack.facts, name) for name in reads_of(form))
        if not named and reads_whole and not self.loader.sources[form.file].damaged:
            yield from prove_form(pack, form, places)

    def _scenario(
        self, name: str, scenario: Any, pack: Pack, places: Places, references: References
    ) -> Iterator[Finding]:
        file = f"guides/{name}/scenario.yaml"
        named = list(GuideReferences(references).scenario(file, scenario))
        yield from named
        if not named and not self.loader.sources[file].damaged:
            yield from check_scenario(file, scenario, pack, places)


def _sound_facts(facts: dict[str, Fact], results: Iterable[Checked]) -> dict[str, Fact]:
    """The facts whose definitions have no mistakes; nothing more is said of what reads the others."""
    broken = {key for checked in results for key in checked.broken}
    return {key: fact for key, fact in facts.items() if key not in broken} if broken else facts


def _sound(draft: Pack, sound: Pack, found: Iterable[Finding]) -> Pack:
    """The pack with only the guides in which no error has been found."""
    files = {each.file for each in found if each.severity == "error"}
    guides = {key: guide for key, guide in sound.guides.items() if guide.file not in files}
    return draft.model_copy(update={"guides": guides})


def _in_parts(results: Iterable[Checked]) -> Iterator[Finding]:
    """Findings in parts that every guide has that uses the part."""
    users: dict[str, list[dict[Key, Finding]]] = {}
    for checked in results:
        for part in checked.parts if checked.is_proved else ():
            users.setdefault(f"guides/parts/{part}.yaml", []).append(checked.result.of_parts)
    for file, of_each in users.items():
        for key, finding in of_each[0].items():
            if key[0] == file and all(key in other for other in of_each):
                yield finding


def _in_forms(results: list[Checked]) -> Iterator[Finding]:
    """Findings in forms: of the form when every guide that uses it has them, else of the guide."""
    users: dict[str, list[dict[Key, tuple[Finding, Finding]]]] = {}
    for checked in results:
        for file in checked.forms:
            users.setdefault(file, []).append(checked.result.of_forms)
    for file, of_each in users.items():
        for key in {key for each in of_each for key in each if key[0] == file}:
            pairs = [each[key] for each in of_each if key in each]
            yield from [pairs[0][0]] if len(pairs) == len(of_each) else [pair[1] for pair in pairs]


def _walk_is_lost(guide: Guide, pack: Pack, places: Places) -> bool:
    """Whether what the guide asks can't be read: then nothing can be said about its walk."""
    if places.is_lost((guide.file, "questions")):
        return True
    for question in guide.questions:
        if isinstance(question, Use) or not isinstance(question, Question):
            return True  # its part isn't there
        if question.ask not in pack.facts or places.is_lost((*question.origin, "ask")):
            return True
    return False


def _loose(guide: Guide, pack: Pack, places: Places) -> Iterator[Place]:
    """Elements whose condition has a mistake that has been named: whether they hold isn't known."""
    for element in (*guide.questions, *guide.exits, *guide.materials, *guide.steps, *guide.notices):
        if isinstance(element, Element) and (_is_named(element, places) or _reads_broken(element, pack)):
            yield element.origin


def _is_named(element: Element, places: Places) -> bool:
    own: list[Place] = [element.origin, *([(*element.put, "when")] if element.put else [])]
    return any(places.is_damaged(at) or places.has_said(at) for at in own)


def _reads_broken(element: Element, pack: Pack) -> bool:
    """Whether a condition reads a fact whose own definition is broken."""
    return any(not is_whole(pack.facts, test.fact) for test in tests_in(element.when))
