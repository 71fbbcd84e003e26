"""What nothing depends on: facts and parts that nobody uses, questions and options that change nothing."""

import re
from collections.abc import Iterator, Mapping

from hall.check.encode import Encoder
from hall.check.fields import asked_on, fields_of, group_or_fact
from hall.check.form_refs import COMPARISONS, named_in
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


def check_usage(pack: Pack, places: Places, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Facts that no guide, scenario or form mentions; parts that no guide uses."""
    mentioned: set[str] = set()
    for file, source in sources.items():
        if not file.startswith("data/"):
            mentioned |= words_of(source)
    used = {fact for fact in pack.facts if fact in mentioned}
    waiting = list(used)
    while waiting:
        fact = pack.facts[waiting.pop()]
        for name in derived_from(fact.derived) if fact.derived is not None else ():
            base = group_or_fact(name.removeprefix(REGISTERED), pack.facts)
            if base in pack.facts and base not in used:
                used.add(base)
                waiting.append(base)
    for file, source in sources.items():
        for key in source.data if file.startswith("data/facts/") and isinstance(source.data, dict) else ():
            if key in pack.facts and key not in used:
                message = f"“{pack.facts[key].title}”没有指南、情景或者表格用到"
                yield places.finding((file, key), "unused-fact", message, "删去；或者在该用的地方写上。")
    for part in pack.parts:
        if not any(part == name for guide in pack.guides.values() for name in parts_of(guide)):
            at = (f"guides/parts/{part}.yaml", "id")
            yield places.finding(
                at, "unused-part", f"没有指南用到片段“{part}”", f"删去；或者在指南里写 - use: {part}。"
            )


def check_rules(pack: Pack, places: Places) -> Iterator[Finding]:
    """Rules of forms that compare a fact which nothing ever asks: they check nothing."""
    asked = {
        question.ask for guide in pack.guides.values() for question in guide.questions if isinstance(question, Question)
    }
    asked |= {fact for form in pack.forms.values() for fact in asked_on(form, pack.facts)}
    for form in pack.forms.values():
        for index, rule in enumerate(form.rules):
            fields = pack.facts[rule.row].of if rule.row in pack.facts else {}
            for name in COMPARISONS:
                for side, value in enumerate(getattr(rule, name) or ()):
                    for fact_id in named_in(value):
                        fact = pack.facts.get(fact_id)
                        if fact is None or fact_id in fields or fact.derived or fact.id in (*asked, *GIVEN):
                            continue
                        message = f"规则要核对“{fact.title}”，可是没有一处问它，这条规则就什么也不核对"
                        help = "在表上加上这一格，或者改规则。"
                        yield places.finding((form.file, "rules", index, name, side), "form-rule", message, help)


_WORDS: dict[int, tuple[Source, frozenset[str]]] = {}


def words_of(source: Source) -> frozenset[str]:
    """Every id-like word of a file, with the groups of fields and without `registered.`."""
    known = _WORDS.get(id(source))
    if known is None or known[0] is not source:
        if len(_WORDS) > 4000:
            _WORDS.clear()
        found = {word.rstrip(".").removeprefix(REGISTERED) for word in _WORD.findall(source.text)}
        found |= {word.rpartition(".")[0] for word in found if "." in word}
        known = _WORDS[id(source)] = (source, frozenset(found))
    return known[1]


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
            name for name in encoder.reads.tests if name != fact.id and fact.id in sources_of(pack.facts, name)
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


def _on_form(form: Form, pack: Pack) -> set[str]:
    found = {group_or_fact(field.fact, pack.facts) for field in fields_of(form) if field.printed}
    for rule in form.rules:
        found |= {*facts_in(rule.when), *facts_in(rule.require)}
        for name in COMPARISONS:
            found |= set(_WORD.findall(str(getattr(rule, name) or "")))
    return {*found, *form.once_per}
