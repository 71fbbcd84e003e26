"""Search by what people say: of a hundred and more phrases, 95 in 100 find a fitting guide among the first three."""

import yaml

from hall.library import library
from hall.portal.guide_search import find_guides
from hall.settings import ROOT

PHRASES: dict[str, list[str]] = yaml.safe_load((ROOT / "tests/portal/phrases.yaml").read_text(encoding="utf-8"))
FIRST, SHARE = 3, 0.95


def missed() -> list[str]:
    """The phrases whose guide isn't among the first three, with what came instead."""
    pack = library().pack()
    lines = []
    for phrase, wanted in PHRASES.items():
        got = [hit.id for hit in find_guides(pack, phrase, FIRST)]
        if not set(got) & set(wanted):
            lines.append(f"{phrase}: {got}")
    return lines


def test_the_phrases_name_guides_that_exist() -> None:
    pack = library().pack()
    known = {*pack.guides, *(each.id for each in pack.scenario_titles)}
    assert {guide for wanted in PHRASES.values() for guide in wanted} <= known


def test_people_find_what_they_mean() -> None:
    assert len(PHRASES) >= 100
    lines = missed()
    assert 1 - len(lines) / len(PHRASES) >= SHARE, "\n".join(lines)


def test_nonsense_finds_nothing() -> None:
    for phrase in ("", "   ", "zzzzzzzz", "量子纠缠超光速", "%%%", "' or 1=1"):
        assert find_guides(library().pack(), phrase) == [], phrase
