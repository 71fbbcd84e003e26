"""Stages that find names by their characters, as typed or with one character wrong."""

import re
from collections.abc import Iterator

from hall.registry import schema
from hall.registry.query import CANDIDATES, Stage, Tokens
from hall.registry.sounds import sound_tokens, syllables
from hall.registry.text import START, every, pairs, phrase, some

FORGIVEN_FROM = 3
FORGIVEN_TO = 40
"""Words shorter and texts longer than this are taken as typed."""
WINDOW = 3
"""How many characters on each side of a wrong one the index is asked for in their order."""


def as_typed(tokens: Tokens, words: list[str]) -> Iterator[Stage]:
    """The whole name, names that begin so, names that contain it, names that contain each word."""
    whole = "".join(words)
    beginning = begins(tokens, whole)
    length = min(len(whole), schema.LONGEST) << schema.LENGTH_BITS
    last = length | (1 << schema.LENGTH_BITS) - 1
    for gone in (0, schema.GONE):
        yield Stage(beginning, lambda name: name == whole, (gone | length, gone | last))
    yield Stage(beginning, lambda name: name.startswith(whole))
    yield Stage(contains(tokens, whole), lambda name: whole in name)
    if len(words) > 1:
        match = every(*(contains(tokens, word) for word in words))
        yield Stage(match, lambda name: all(word in name for word in words))


def begins(tokens: Tokens, folded: str) -> str:
    """The MATCH expression for names that begin with this."""
    beginning = tokens.phrase([START + folded[:2]])
    if len(folded) < 3:
        return beginning
    inside = pairs(folded)
    return every("" if tokens.few(inside) else beginning, tokens.having(inside))


def contains(tokens: Tokens, folded: str) -> str:
    """The MATCH expression for names that contain this."""
    return tokens.having(pairs(folded)) if len(folded) > 1 else every(phrase([folded]), tokens.here)


def alike(tokens: Tokens, words: list[str]) -> Iterator[Stage]:
    """Names that sound the same, then names that differ in one character of one word."""
    sounds = [syllables(word) for word in words]
    if all(len(read) > 1 for read in sounds):
        match = every(*(tokens.sounding(sound_tokens(read)) for read in sounds))
        yield Stage(match, lambda name: _sounds(syllables(name), sounds), candidates=CANDIDATES)
    if len("".join(words)) > FORGIVEN_TO:
        return
    wrong: list[tuple[str, list[str]]] = [("".join(words), [])] if len(words) > 1 else []
    wrong += [(word, words[:place] + words[place + 1 :]) for place, word in enumerate(words)]
    for word, others in wrong:
        if len(word) >= FORGIVEN_FROM:
            yield _one_wrong(tokens, word, others)


def _sounds(name: list[str], wanted: list[list[str]]) -> bool:
    """Whether each list of syllables is somewhere in the name's."""
    return all(any(name[start : start + len(read)] == read for start in range(len(name))) for read in wanted)


def _one_wrong(tokens: Tokens, word: str, others: list[str]) -> Stage:
    pattern = re.compile("|".join(_edits(word)), re.DOTALL)
    ways = [tokens.phrase(pairs(swapped)) for swapped in _swapped(word)]
    ways += [_without(tokens, word, place) for place in range(len(word))]
    match = every(some(ways), *(contains(tokens, other) for other in others))
    return Stage(
        match,
        lambda name: pattern.search(name) is not None and all(other in name for other in others),
        candidates=CANDIDATES,
    )


def _without(tokens: Tokens, word: str, place: int) -> str:
    """The MATCH expression for names with what is left of one place and what is right of it, close together."""
    left, right = word[:place], word[place + 1 :]
    if len(left) > 1 and len(right) > 1:
        far = pairs(left[:-WINDOW]) + pairs(right[WINDOW:])
        near = f"NEAR({tokens.phrase(pairs(left[-WINDOW:]))} {tokens.phrase(pairs(right[:WINDOW]))}, 3)"
        return every(near, tokens.rarest(far) if far else "")
    return every(*(contains(tokens, part) for part in (left, right) if part))


def _swapped(word: str) -> list[str]:
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]


def _edits(word: str) -> Iterator[str]:
    """Patterns for one character replaced, too many, missing, or two swapped."""
    for place in range(len(word)):
        left, right = re.escape(word[:place]), re.escape(word[place + 1 :])
        yield f"{left}.?{right}"
        yield f"{left}.{re.escape(word[place])}{right}"
    yield from map(re.escape, _swapped(word))
