"""What nothing depends on: facts and parts that nobody uses, questions and options that change nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from hall.check.encode import Encoder
from hall.check.fields import facts_on, fields_of, group_or_fact
from hall.check.form_refs import COMPARISONS, compared_by
from hall.check.places import Places
from hall.check.reads import sources_of
from hall.check.words import title_of
from hall.content.conditions import facts_in
from hall.content.findings import Finding
from hall.content.models import Fact, Form, Guide, Pack, Question
from hall.content.source import Source
from hall.journey.answers import REGISTERED
from hall.journey.forms import PLACEHOLDER
from hall.journey.prefill import forms_of
from hall.journey.why import sources_of as derived_from

GIVEN = ("filing.day",)
"""Facts that the hall itself fills in."""
_WORD = re.compile(r"[a-z][\w.\-]*")


class Usage:
    """Counts the words of every file, so that one changed file costs no more than itself."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._seen: dict[str, tuple[Source, frozenset[str]]] = {}

    def check(
        self, pack: Pack, places: Places, sources: Mapping[str, Source], parts: frozenset[str]
    ) -> Iterator[Finding]:
        """Facts that no guide, scenario or form mentions; parts that no guide uses (`parts`: those that are)."""
        self._count(sources)
        yield from _unused_facts(pack, places, sources, {fact for fact in pack.facts if self._counts[fact] > 0})
        for part in pack.parts:
            if part not in parts:
                at = (f"guides/parts/{part}.yaml", "id")
                message = f"没有指南用到片段“{part}”"
                yield places.finding(at, "unused-part", message, f"删去；或者在指南里写 - use: {part}。")

    def names(self, sources: Mapping[str, Source]) -> Callable[[str], bool]:
        """Tells of an id whether any guide, scenario or form mentions it."""
        self._count(sources)
        return lambda word: self._counts[word] > 0

    def _count(self, sources: Mapping[str, Source]) -> None:
        for file in [file for file, (source, _) in self._seen.items() if sources.get(file) is not source]:
            self._counts.subtract(self._seen.pop(file)[1])
        for file, source in sources.items():
            if file not in self._seen and not file.startswith("data/"):
                self._seen[file] = (source, words_of(source))
                self._counts.update(self._seen[file][1])


def _unused_facts(pack: Pack, places: Places, sources: Mapping[str, Source], used: set[str]) -> Iterator[Finding]:
    waiting = list(used)
    while waiting:
        fact = pack.facts[waiting.pop()]
        for name in derived_from(fact.derived) if fact.derived is not None else ():
            base = group_or_fact(name.removeprefix(REGISTERED), pack.facts)
            if base in pack.facts and base not in used:
                used.add(base)
                waiting.append(base)
    unused = pack.facts.keys() - used
    for file, source in sources.items() if unused else ():
        for key in source.data if file.startswith("data/facts/") and isinstance(source.data, dict) else ():
            if key in unused:
                message = f"“{pack.facts[key].title}”没有指南、情景或者表格用到"
                yield places.finding((file, key), "unused-fact", message, "删去；或者在该用的地方写上。")


def check_rules(pack: Pack, places: Places) -> Iterator[Finding]:
    """Rules of forms that compare a fact which nothing ever asks: they check nothing."""
    guides = pack.guides.values()
    asked = {question.ask for guide in guides for question in guide.questions if isinstance(question, Question)}
    asked |= {group_or_fact(name, pack.facts) for form in pack.forms.values() for name in facts_on(form)} | {*GIVEN}
    for form in pack.forms.values():
        for at, row, fact_id in compared_by(form):
            fact = pack.facts.get(fact_id)
            fields = pack.facts[row].of if row in pack.facts else {}
            if fact is not None and fact_id not in fields and fact.derived is None and fact_id not in asked:
                message = f"规则要核对“{fact.title}”，可是没有一处问它，这条规则就什么也不核对"
                help = "在表上加上这一格，或者改规则。"
                yield places.finding((form.file, *at), "form-rule", message, help)


def words_of(source: Source) -> frozenset[str]:
    """Every id-like word of a file, with the groups of fields and without `registered.`."""
    found = {word.rstrip(".").removeprefix(REGISTERED) for word in set(_WORD.findall(source.text))}
    return frozenset({*found, *(word.rpartition(".")[0] for word in found if "." in word)})


def parts_of(guide: Guide) -> frozenset[str]:
    """The parts that a guide uses."""
    elements = (*guide.questions, *guide.exits, *guide.materials, *guide.steps, *guide.notices)
    files = {each.origin[0] for each in elements if getattr(each, "put", ())}
    return frozenset(str(file).removeprefix("guides/parts/").removesuffix(".yaml") for file in files)


def check_idle(encoder: Encoder, places: Places) -> Iterator[Finding]:
    """Questions and options of a guide on which nothing depends, nor is printed."""
    guide, pack = encoder.guide, encoder.pack
    if any(form not in pack.forms for form in forms_of(guide)):
        return  # what an unwritten form will print isn't known
    printed = _printed(guide, pack)
    for question in encoder.questions:
        fact = pack.facts.get(question.ask)
        if fact is None or fact.id in printed or question.put:
            continue
        tests = encoder.reads.tests.get(fact.id, [])
        dependent = [
            name for name in encoder.reads.tests if name != fact.id and fact.id in encoder.values.sources(name)
        ]
        if not tests and not dependent and fact.id not in encoder.reads.groups:
            message = f"问了“{fact.title}”，可是没有一处用到答案"
            help = "没有条件看它，表格也不印它：删去这个问题，或者写上它决定什么。"
            yield places.finding((*question.origin, "ask"), "idle-question", message, help)
        elif fact.options and not any(_sees_value(pack.facts[name]) for name in dependent if name in pack.facts):
            yield from _idle_options(encoder, question.options or tuple(fact.options), fact, question.origin, places)


def _sees_value(fact: Fact) -> bool:
    """Whether a derived fact depends on the very value, not on a comparison that can be read off."""
    return fact.derived is not None and fact.derived.when is None and fact.derived.either is None


def _idle_options(
    encoder: Encoder, offered: tuple[str, ...], fact: Fact, at: tuple[str | int, ...], places: Places
) -> Iterator[Finding]:
    tests = encoder.reads.tests.get(fact.id, [])
    alike: dict[tuple[bool, ...], list[str]] = {}
    for option in offered:
        value: object = (option,) if fact.kind == "choices" else option
        alike.setdefault(tuple(test.holds(lambda _, v=value: v) for test in tests), []).append(option)  # type: ignore[misc]
    for same in alike.values():
        named = any(option in _values(test.value) for test in tests for option in same)
        if len(same) > 1 and not named:
            titles = "、".join(f"“{fact.options[option].title}”" for option in same if option in fact.options)
            message = f"“{title_of(encoder.roles.facts, fact.id)}”选{titles}，结果都一样"
            help = "合并这几个选项，或者写上它们各自决定什么；就是要这样的，不用改。"
            yield places.finding((*at, "ask"), "idle-option", message, help)


def _values(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _printed(guide: Guide, pack: Pack) -> set[str]:
    """The facts whose values stand in the guide's texts, its forms or their rules, and what those are computed from."""
    named = set(_in_texts(guide))
    for form_id in forms_of(guide):
        named |= _on_form(pack.forms[form_id], pack)
    named |= {each.of for each in guide.handled_by if each.of}
    return {source for name in named for source in sources_of(pack.facts, name.removeprefix(REGISTERED))}


def _in_texts(guide: Guide) -> Iterator[str]:
    texts = [guide.summary or "", *guide.mistakes]
    for element in (*guide.exits, *guide.materials, *guide.steps, *guide.notices):
        texts += [str(getattr(element, name, "") or "") for name in ("say", "do", "note")]
    for values in (guide.result, guide.fee, guide.time_limit):
        texts += [str(getattr(value, "say", None) or getattr(value, "note", None) or "") for value in values]
    for text in texts:
        yield from (match[1] for match in PLACEHOLDER.finditer(text))
    yield from (material.note_by for material in guide.materials if material.note_by)


_ON_FORM: dict[int, tuple[Form, set[str]]] = {}


def _on_form(form: Form, pack: Pack) -> set[str]:
    known = _ON_FORM.get(id(form))
    if known is not None and known[0] is form:
        return known[1]
    found = {group_or_fact(field.fact, pack.facts) for field in fields_of(form) if field.printed}
    for rule in form.rules:
        found |= {*facts_in(rule.when), *facts_in(rule.require)}
        for name in COMPARISONS:
            found |= set(_WORD.findall(str(getattr(rule, name) or "")))
    if len(_ON_FORM) > 2000:
        _ON_FORM.clear()
    _ON_FORM[id(form)] = (form, {*found, *form.once_per})
    return _ON_FORM[id(form)][1]
