"""Stages that find names by Latin letters: pinyin in full (the last syllable may be unfinished) or initials."""

import re
import string
from collections.abc import Iterator
from functools import lru_cache

from hall.registry.query import Stage, Tokens
from hall.registry.sounds import FIRST, LAST, SOUND, initials, readings, sound_tokens, syllables
from hall.registry.text import every, phrase, some

SPLITS = 16
"""How many ways to split letters into syllables are tried: xian is 西安 or 先."""
_LONGEST_SYLLABLE = 6


def letters_of(text: str) -> str | None:
    """The letters, when a text can be pinyin or initials: small, without spaces and apostrophes, ü as v."""
    letters = re.sub(r"[\s'’·-]", "", text).lower().replace("ü", "v")
    return letters if re.fullmatch(r"[a-z0-9]{2,}", letters, re.ASCII) and not letters.isdecimal() else None


def by_sound(tokens: Tokens, letters: str) -> Iterator[Stage]:
    """By pinyin, then by initials; in each, names that begin so come first."""
    ways = splits(letters)
    if ways:
        spelt = some(dict.fromkeys(_spelt(tokens, way) for way in ways))
        start = some(dict.fromkeys(phrase([FIRST + _two(way)]) for way in ways))
        yield Stage(every(spelt, start), lambda name: _reads(syllables(name), letters, 1))
        yield Stage(spelt, lambda name: _reads(syllables(name), letters, len(name)))
    anywhere = _initials_anywhere(tokens, letters)
    yield Stage(every(anywhere, phrase([FIRST + letters[:2]])), lambda name: initials(syllables(name)).startswith(letters))  # fmt: skip
    yield Stage(anywhere, lambda name: letters in initials(syllables(name)))


def _initials_anywhere(tokens: Tokens, letters: str) -> str:
    """The index knows three initials at a time; of two, each possible third is asked."""
    if len(letters) > 2:
        return tokens.sounding([letters[place : place + 3] for place in range(len(letters) - 2)])
    third = (LAST, *string.ascii_lowercase, *string.digits)
    return every(some(phrase([letters + each]) for each in third), tokens.here)


def splits(letters: str) -> list[tuple[list[str], str]]:
    """Ways to read letters as one or more syllables and the beginning of another, those of few syllables first."""
    ways: dict[int, list[tuple[list[str], str]]] = {len(letters): [([], "")]}
    for start in range(len(letters) - 1, -1, -1):
        found: list[tuple[list[str], str]] = [([], letters[start:])] if letters[start:] in _beginnings() else []
        for end in range(start + 1, min(start + _LONGEST_SYLLABLE, len(letters)) + 1):
            if letters[start:end] in _characters():
                found += [([letters[start:end], *read], rest) for read, rest in ways[end]]
        ways[start] = sorted(found, key=lambda way: len(way[0]) + bool(way[1]))[:SPLITS]
    return [way for way in ways[0] if way[0]]


def _spelt(tokens: Tokens, split: tuple[list[str], str]) -> str:
    """The MATCH expression for names with these syllables."""
    read, rest = split
    if not rest and len(read) == 1:
        return every(some(phrase([char]) for char in _characters()[read[0]]), tokens.here)
    whole = tokens.sounding(sound_tokens(read)) if len(read) > 1 else tokens.here
    ends = (phrase([SOUND + read[-1] + each]) for each in _characters() if rest and each.startswith(rest))
    return every(whole, some(ends))


def _two(split: tuple[list[str], str]) -> str:
    """The first two initials, or the one there is and the end."""
    read, rest = split
    return (initials(read) + rest[:1] + LAST)[:2]


def _reads(name: list[str], letters: str, starts: int) -> bool:
    """Whether one of the first syllables of the name begins a stretch that is spelt so."""
    return any(name[start][0] == letters[0] and "".join(name[start:]).startswith(letters) for start in range(min(starts, len(name))))  # fmt: skip


@lru_cache
def _characters() -> dict[str, str]:
    """Syllable to the characters of GB 2312 that are read so."""
    found: dict[str, str] = {}
    for char, read in readings().items():
        if set(read) & set("aeiouv") and len(char.encode("gb2312", "ignore")) == 2:
            found[read] = found.get(read, "") + char
    return found


@lru_cache
def _beginnings() -> frozenset[str]:
    return frozenset(read[:length] for read in _characters() for length in range(1, len(read)))
