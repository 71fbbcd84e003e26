"""Findings of many definitions put together: in what they share, and without what follows from something else."""

from collections.abc import Iterable, Iterator

from hall.check.proof import Key, Result
from hall.content.findings import Finding
from hall.content.models import Fact, Pack


def sound_facts(facts: dict[str, Fact], results: Iterable[Result]) -> dict[str, Fact]:
    """The facts whose definitions have no mistakes; nothing more is said of what reads the others."""
    broken = {key for result in results for key in result.broken}
    return {key: fact for key, fact in facts.items() if key not in broken} if broken else facts


def sound_guides(draft: Pack, sound: Pack, found: Iterable[Finding]) -> Pack:
    """The pack with only the guides in which no error has been found."""
    files = {each.file for each in found if each.severity == "error"}
    guides = {key: guide for key, guide in sound.guides.items() if guide.file not in files}
    return draft.model_copy(update={"guides": guides})


def in_parts(results: Iterable[Result]) -> Iterator[Finding]:
    """Findings in parts that every guide has that uses the part."""
    users: dict[str, list[dict[Key, Finding]]] = {}
    for result in results:
        for part in result.parts if result.is_proved else ():
            users.setdefault(f"guides/parts/{part}.yaml", []).append(result.of_parts)
    for file, of_each in users.items():
        for key, finding in of_each[0].items():
            if key[0] == file and all(key in other for other in of_each):
                yield finding


def in_forms(results: Iterable[Result]) -> Iterator[Finding]:
    """Findings in forms: of the form when every guide that uses it has them, else of the guide."""
    users: dict[str, list[dict[Key, tuple[Finding, Finding]]]] = {}
    for result in results:
        for file in result.forms:
            users.setdefault(file, []).append(result.of_forms)
    for file, of_each in users.items():
        for key in {key for each in of_each for key in each if key[0] == file}:
            pairs = [each[key] for each in of_each if key in each]
            yield from [pairs[0][0]] if len(pairs) == len(of_each) else [pair[1] for pair in pairs]
