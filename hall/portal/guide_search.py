"""Finds a guide by what people call it: title, aliases, pinyin, initials, one slip of the finger."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from rapidfuzz import fuzz

from hall.content.models import Guide, Pack, Planned

ENOUGH = 60.0
_FILLERS = ("我要", "我想", "怎么", "如何", "办理", "申请", "一个", "登记")


@dataclass(frozen=True)
class Hit:
    """A guide or scenario that was found; `written` says whether it can be walked yet."""

    id: str
    title: str
    written: bool
    score: float
    kind: str = "guide"


def find_guides(pack: Pack, text: str, limit: int = 8) -> list[Hit]:
    """The best guides and life events for a phrase, best first; none when nothing comes near."""
    phrase = text.strip().lower()
    if not phrase:
        return []
    best: dict[tuple[str, str], Hit] = {}
    for entry in _index(pack.digest, pack):
        score = _score(phrase, entry)
        key = (entry.kind, entry.id)
        if score >= ENOUGH and (key not in best or best[key].score < score):
            best[key] = Hit(entry.id, entry.title, entry.written, score, entry.kind)
    return sorted(best.values(), key=lambda hit: (-hit.score, not hit.written, len(hit.title)))[:limit]


@dataclass(frozen=True)
class _Entry:
    id: str
    title: str
    name: str
    pinyin: str
    initials: str
    written: bool
    kind: str


def _score(phrase: str, entry: _Entry) -> float:
    """100 for the name itself; latin phrases are read as pinyin or initials."""
    if phrase.isascii():
        letters = phrase.replace(" ", "")
        if entry.initials == letters or entry.pinyin == letters:
            return 99
        if len(letters) >= 3 and (letters in entry.initials or letters in entry.pinyin):
            return 85
        return fuzz.ratio(letters, entry.pinyin) * 0.9 if len(letters) >= 6 else 0
    if phrase == entry.name:
        return 100
    core = _core(phrase)
    if core and (core in entry.name or entry.name in phrase):
        return 90 + 8 * min(len(core), len(entry.name)) / max(len(core), len(entry.name))
    shared = sum(char in entry.name for char in set(core)) / max(len(set(core)), 1)
    return max(fuzz.ratio(core, entry.name), fuzz.partial_ratio(core, entry.name) * 0.9) * (0.4 + 0.6 * shared)


def _core(phrase: str) -> str:
    for filler in _FILLERS:
        if len(phrase.replace(filler, "")) >= 2:
            phrase = phrase.replace(filler, "")
    return phrase


@lru_cache(maxsize=4)
def _entries(digest: str, names: tuple[tuple[str, str, str, bool, str], ...]) -> tuple[_Entry, ...]:
    return tuple(_entry(*name) for name in names)


def _index(digest: str, pack: Pack) -> tuple[_Entry, ...]:
    return _entries(digest, tuple(_names(pack)))


def _names(pack: Pack) -> Iterator[tuple[str, str, str, bool, str]]:
    every: dict[str, Planned | Guide] = {**pack.planned_guides, **pack.guides}
    for guide_id, each in every.items():
        for name in (each.title, *each.aliases):
            yield guide_id, each.title, name, guide_id in pack.guides, "guide"
    for scenario in pack.scenario_titles:
        written = pack.scenarios.get(scenario.id)
        for name in (scenario.title, *scenario.aliases, *(written.aliases if written else ())):
            yield scenario.id, scenario.title, name, written is not None, "scenario"


def _entry(identity: str, title: str, name: str, written: bool, kind: str) -> _Entry:
    pinyin = "".join(lazy_pinyin(name)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return _Entry(identity, title, name.lower(), pinyin, initials, written, kind)
