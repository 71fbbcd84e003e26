"""Checks one definition: what it names, what can be proved of it, whether its examples hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from hall.check.claims_due import claim_due
from hall.check.claims_forms import claim_forms, prove_form, reads_of
from hall.check.claims_tests import claim_tests
from hall.check.claims_walk import claim_walk
from hall.check.dates import check_form_dates, check_guide_dates
from hall.check.examples import check_examples
from hall.check.form_refs import FormReferences
from hall.check.forms import check_form
from hall.check.guide_refs import GuideReferences
from hall.check.memo import Memo, same_paper, same_walk
from hall.check.places import Places
from hall.check.proof import Proof, Result
from hall.check.reads import is_whole
from hall.check.references import References, Universe
from hall.check.scenarios import check_scenario
from hall.check.usage import check_idle, parts_of
from hall.check.vocabulary import Vocabulary
from hall.content.conditions import tests_in
from hall.content.files import Built
from hall.content.models import Element, Fact, Form, Guide, Pack, Question, Scenario, Use
from hall.content.source import Path, Source


@dataclass(frozen=True)
class Bench:
    """What checks work with: the files, every id there is, the day, and what has been found before."""

    sources: Mapping[str, Source]
    universe: Universe
    on: date | None
    memo: Memo


def check_facts(bench: Bench, file: str, built: Built) -> Result:
    """A file of facts: their definitions."""

    def task(pack: Pack) -> Result:
        vocabulary = Vocabulary(References(pack, Places(bench.sources), bench.universe))
        result = Result()
        for fact in built.sound.values():
            wrong = list(vocabulary.fact(file, fact))
            result.findings += wrong
            if any(each.code != "example-invalid" for each in wrong) or (
                wrong and _is_date(fact) and fact.kind != "date"
            ):
                result.broken.add(fact.id)
        return result

    return bench.memo.do(("facts", file), built, bench.universe, task)


def _is_date(fact: Fact) -> bool:
    """Whether a fact's example is a date: then its kind is likelier to be wrong than its example."""
    return isinstance(fact.example, date)


def check_guide(bench: Bench, guide: Guide) -> list[Result]:
    """A guide: what it names, then its proof, then its examples."""
    named = bench.memo.do(("guide", guide.id), guide, (bench.universe, bench.on), lambda p: _names(bench, guide, p))
    if named.is_lost:
        return [named]
    proved = bench.memo.do(
        ("proof", guide.id), guide, named.loose, lambda p: _proof(bench, guide, p, named.loose), same_walk
    )
    if named.findings or named.loose or any(each.severity == "error" for each in proved.all()):
        return [named, proved]
    is_whole = not bench.sources[guide.file].damaged
    examples = bench.memo.do(
        ("examples", guide.id), guide, is_whole, lambda p: _examples(bench, guide, p) if is_whole else Result()
    )
    if any(each.severity == "error" for each in examples.findings):
        proved = replace(proved, findings=[each for each in proved.findings if each.severity != "note"])
    return [named, proved, examples]


def _names(bench: Bench, guide: Guide, pack: Pack) -> Result:
    places = Places(bench.sources)
    result = Result(list(GuideReferences(References(pack, places, bench.universe)).guide(guide)))
    result.is_lost = _walk_is_lost(guide, pack, places)
    result.loose = frozenset(_loose(guide, pack, places))
    result.findings += check_guide_dates(guide, pack, places, bench.on)
    return result


def _proof(bench: Bench, guide: Guide, pack: Pack, loose: frozenset[Path]) -> Result:
    places = Places(bench.sources)
    proof = Proof(pack, guide, places, loose)
    for claim in (claim_walk, claim_tests, claim_due, claim_forms):
        claim(proof)
    result = proof.settle()
    result.is_proved = True
    result.parts = parts_of(guide)
    result.forms = frozenset(form.file for form in proof.encoder.forms.values())
    if not loose and not any(each.severity == "error" for each in result.all()):
        result.findings += check_idle(proof.encoder, places)
    return result


def _examples(bench: Bench, guide: Guide, pack: Pack) -> Result:
    return Result(list(check_examples(pack, guide, Places(bench.sources))))


def check_form_file(bench: Bench, form: Form) -> list[Result]:
    """A form: what it names, its columns and marks, then the proof of its conditions and rows."""

    def names(pack: Pack) -> Result:
        places = Places(bench.sources)
        result = Result(list(FormReferences(References(pack, places, bench.universe)).form(form)))
        reads_whole = all(is_whole(pack.facts, name) for name in reads_of(form))
        result.is_lost = bool(result.findings) or not reads_whole or bool(bench.sources[form.file].damaged)
        result.findings += [*check_form(form, pack.facts, places), *check_form_dates(form, pack, places)]
        return result

    def proof(pack: Pack) -> Result:
        return Result(list(prove_form(pack, form, Places(bench.sources))))

    named = bench.memo.do(("form", form.id), form, bench.universe, names)
    return [named] if named.is_lost else [named, bench.memo.do(("paper", form.id), form, None, proof, same_paper)]


def check_scenario_file(bench: Bench, scenario: Scenario) -> Result:
    """A scenario: what it names, and its proof."""
    file = f"guides/{scenario.id}/scenario.yaml"

    def task(pack: Pack) -> Result:
        places = Places(bench.sources)
        result = Result(list(GuideReferences(References(pack, places, bench.universe)).scenario(file, scenario)))
        if not result.findings and not bench.sources[file].damaged:
            result.findings += check_scenario(file, scenario, pack, places)
        return result

    return bench.memo.do(("scenario", scenario.id), scenario, bench.universe, task)


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


def _loose(guide: Guide, pack: Pack, places: Places) -> Iterator[Path]:
    """Elements whose condition has a mistake that has been named: whether they hold isn't known."""
    for element in (*guide.questions, *guide.exits, *guide.materials, *guide.steps, *guide.notices):
        if isinstance(element, Element) and (_is_named(element, places) or _reads_broken(element, pack)):
            yield element.origin


def _is_named(element: Element, places: Places) -> bool:
    own: list[Path] = [element.origin, *([(*element.put, "when")] if element.put else [])]
    return any(places.is_damaged(at) or places.has_said(at) for at in own)


def _reads_broken(element: Element, pack: Pack) -> bool:
    """Whether a condition reads a fact whose own definition is broken."""
    return any(not is_whole(pack.facts, test.fact) for test in tests_in(element.when))
