"""Runs each guide's examples: an official's fact check of the guide."""

from collections.abc import Iterator
from typing import Any

from hall.check.places import Places
from hall.content.errors import AnswerError
from hall.content.findings import Finding
from hall.content.models import Example, Guide, Pack
from hall.journey.answers import parse_answers
from hall.journey.walk import Walk, walk


def check_examples(pack: Pack, guide: Guide, places: Places) -> Iterator[Finding]:
    """A finding for each thing that an example says and the guide doesn't give."""
    for example in guide.examples:
        try:
            answers = parse_answers(pack.facts, example.answers)
            known = parse_answers(pack.facts, example.known)
        except AnswerError as error:
            yield places.error((*example.origin, "answers"), "example-invalid", f"例子“{example.title}”：{error}")
            continue
        done = walk(pack.facts, guide, answers, known)
        yield from _compare(guide, example, done, places)


def _compare(guide: Guide, example: Example, done: Walk, places: Places) -> Iterator[Finding]:
    got = given(done)
    for key, wanted in example.gives.items():
        said = _disagreement(key, wanted, got)
        if said:
            at = (*example.origin, "gives", key)
            yield places.error(at, "example-disagrees", f"例子“{example.title}”：{said}", "改例子，或者改指南的条件。")


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
        "result": outcome.result if outcome else None,
    }


def _disagreement(key: str, wanted: Any, got: dict[str, Any]) -> str | None:
    """A sentence when the walk gives something else, else None."""
    if key.startswith("not_"):
        present = [each for each in wanted if each in got.get(key[4:], [])]
        return f"不应当有 {'、'.join(present)}" if present else None
    if key not in got:
        return f"gives 里不认识“{key}”，可以写 {'、'.join(got)}"
    actual = got[key]
    if not isinstance(actual, list):
        return None if actual == wanted else f"应当是“{wanted}”，得到的是“{actual or done_words(got)}”"
    missing = [each for each in wanted if each not in actual]
    extra = [each for each in actual if each not in wanted] if key == "materials" else []
    words = [f"缺少 {'、'.join(missing)}"] if missing else []
    words += [f"多出 {'、'.join(extra)}"] if extra else []
    return "；".join(words) or None


def done_words(got: dict[str, Any]) -> str:
    """Where the walk stands, in words."""
    if got["state"] == "question":
        return f"还在问 {got['question']}"
    return "到了出口" if got["state"] == "exit" else "走到了结果"
