"""Runs each guide's examples: an official's fact check of the guide."""

from collections.abc import Collection, Iterator
from typing import Any

from rapidfuzz import process

from hall.check.places import Places
from hall.check.references import did_you_mean, nearest
from hall.check.together import Together
from hall.check.words import short, title_of
from hall.content.errors import AnswerError
from hall.content.findings import Finding
from hall.content.models import Example, Guide, Pack
from hall.content.source import Path
from hall.journey.answers import parse_answers
from hall.journey.prefill import forms_of
from hall.journey.walk import Walk, walk

_EXACT = ("materials",)
"""Lists of which `gives` says all; of others it says some."""
_OF_OUTCOMES = {"materials", "forms", "steps", "notices", "then", "result", "fee", "office"}
_HELP = "核对法规：例子对，就改指南；指南对，就改例子。"


def check_examples(pack: Pack, guide: Guide, places: Places) -> Iterator[Finding]:
    """A finding for each thing that an example says and the guide doesn't give."""
    together = Together()
    for example in guide.examples:
        try:
            answers, known = (parse_answers(pack.facts, each) for each in (example.answers, example.known))
        except AnswerError:
            yield from _invalid(pack, example, "known", places)
            yield from _invalid(pack, example, "answers", places)
            continue
        done = walk(pack.facts, guide, answers, known)
        unknown = set()
        for where, name, there in _unknown(guide, example):
            unknown.add(name)
            help = did_you_mean(name, there, 80) or "在 materials 里补上它，或者改例子。"
            message = f"例子“{short(example.title)}”里写了 {name}，可是这个指南没有这样材料"
            together.read(name, places.finding(where, "example-disagrees", message, help))
        wrong = list(_compare(pack, example, done, unknown, places))
        unasked = next(iter(done.set_aside), None) if done.outcome else None
        if wrong and unasked is not None:
            message = f"例子“{short(example.title)}”回答了“{title_of(pack.facts, unasked)}”，可是没有问到它"
            help = f"结果因此与 gives 不一样（{len(wrong)} 处）。该问它的，改指南的问题；不该问的，改例子。"
            at: Path = (*example.origin, "answers", unasked)
            wrong = [places.finding(at, "example-disagrees", message, help)]
        yield from wrong
    yield from together.read_findings()


def _invalid(pack: Pack, example: Example, name: str, places: Places) -> Iterator[Finding]:
    """Answers that aren't accepted, each at its own line."""
    for fact_id, value in getattr(example, name).items():
        try:
            parse_answers(pack.facts, {fact_id: value})
        except AnswerError as error:
            help = "写成这个事实收的值；选项写它的 id。"
            if fact_id.removeprefix("registered.") not in pack.facts:
                help = did_you_mean(fact_id, pack.facts) or "事实写在 data/facts 里。"
            message = f"例子“{short(example.title)}”里的回答不成立：{error}"
            yield places.finding((*example.origin, name, fact_id), "example-invalid", message, help)


def _compare(pack: Pack, example: Example, done: Walk, unknown: Collection[str], places: Places) -> Iterator[Finding]:
    got = given(done)
    stands = _stands(pack, done)
    unfinished = _unfinished(pack, example, done)
    for key, wanted in example.gives.items():
        at: Path = (*example.origin, "gives", key)
        known = [*got, *(f"not_{name}" for name, value in got.items() if isinstance(value, list))]
        if key not in known:
            close = process.extractOne(key, known, score_cutoff=60)
            help = f"是不是想写 {close[0]}？" if close else f"可以写：{'、'.join(known)}。"
            yield places.finding(at, "unknown-key", f"gives 里不能写“{key}”", help)
            continue
        for more, said in _disagreements(key, wanted, got, unknown) if not unfinished else ():
            message = f"例子“{short(example.title)}”：{said}{stands if not key.startswith('not_') else ''}"
            yield places.finding((*at, *more), "example-disagrees", message, _HELP)
    if unfinished:
        yield places.finding((*example.origin, *unfinished[0]), "example-disagrees", *unfinished[1:])


def given(done: Walk) -> dict[str, Any]:
    """What a walk comes to, in the words of `gives`."""
    outcome = done.outcome
    return {
        "state": done.state,
        "question": done.question.ask if done.question else None,
        "refer": done.exit.refer if done.exit else None,
        "exit": done.exit.say if done.exit else None,
        "materials": [due.material.id for due in outcome.materials] if outcome else [],
        "forms": list(outcome.forms) if outcome else [],
        "steps": [step.do for step in outcome.steps] if outcome else [],
        "notices": [notice.say for notice in outcome.notices] if outcome else [],
        "then": [each.guide for each in outcome.then] if outcome else [],
        "result": outcome.result if outcome else None,
        "fee": outcome.fee if outcome else None,
        "office": outcome.office.office if outcome and outcome.office else None,
    }


def _list(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _unknown(guide: Guide, example: Example) -> Iterator[tuple[Path, str, set[str]]]:
    """Materials and forms that an example names and the guide hasn't got: where, which, and those there are."""
    there = {"materials": {each.id for each in guide.materials}, "forms": set(forms_of(guide))}
    for key, wanted in example.gives.items():
        known = there.get(key.removeprefix("not_"), set())
        for index, each in enumerate(_list(wanted) if known else ()):
            if isinstance(each, str) and each not in known:
                yield (*example.origin, "gives", key, index), each, known


def _disagreements(key: str, wanted: Any, got: dict[str, Any], unknown: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Where in the example's list, and what the guide gives instead; `unknown` is what has been said to be none."""
    actual = got[key.removeprefix("not_")]
    if not isinstance(actual, list):
        if actual != wanted:
            yield (), f"{key} 应当是“{wanted}”，得到的是“{actual}”" if actual else f"{key} 应当是“{wanted}”，却没有"
        return
    listed = _list(wanted)
    for index, each in enumerate(listed):
        if each in unknown:
            continue
        at: Path = (index,) if isinstance(wanted, list) else ()
        if key.startswith("not_") and each in actual:
            yield at, f"不应当有 {each}，却有"
        elif not key.startswith("not_") and each not in actual:
            yield at, f"应当有 {each}，却没有"
    meant = [nearest(each, actual, 80) for each in unknown]
    extra = [each for each in actual if each not in listed and each not in meant] if key in _EXACT else []
    if extra:
        yield (), f"多出了 {'、'.join(extra)}"


def _unfinished(pack: Pack, example: Example, done: Walk) -> tuple[Path, str, str] | None:
    """What to say, and where, when the walk doesn't come to the outcome that the example tells of."""
    if done.outcome is not None or not _OF_OUTCOMES & example.gives.keys() or example.gives.get("state") == done.state:
        return None
    title = short(example.title)
    if done.question is not None:
        asked = done.question.ask
        message = f"例子“{title}”没有答完：还在问“{title_of(pack.facts, asked)}”"
        return ("answers",), message, f"在 answers 里补上 {asked}: 值；不该问它的，改指南的条件。"
    said = short(done.exit.say) if done.exit else ""
    return ("gives",), f"例子“{title}”没有走到结果：到了出口“{said}”", _HELP


def _stands(pack: Pack, done: Walk) -> str:
    """Where the walk stands, in words, when it isn't at an outcome."""
    if done.question is not None:
        return f"（还在问“{title_of(pack.facts, done.question.ask)}”：{done.question.ask}）"
    return f"（到了出口“{short(done.exit.say)}”）" if done.exit is not None else ""
