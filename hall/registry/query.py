"""From what a person typed to the ids of rows, best first.

A search is a row of stages, best first. Each streams what the index gives, in the order of rank, and
keeps what holds on the row itself; nothing is counted or sorted, so a page costs what a page holds.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from sqlite3 import Connection

from hall.registry import schema
from hall.registry.text import every, fold, phrase

RARE_NAMES = 4000
"""A token of fewer names than this is rare enough to carry a search."""
FEW_NAMES = 500
"""Rows with such a token are looked at faster than the index narrows them further."""
CANDIDATES = 4000
"""How many rows a forgiving stage looks at before it gives up."""
ANYWHERE = (0, 1 << 62)

_MATCHES = (
    "SELECT s.id, s.name FROM found CROSS JOIN subject s ON s.id = found.rowid"
    " WHERE found MATCH ? AND found.rowid BETWEEN ? AND ? ORDER BY found.rowid"
)


@dataclass(frozen=True)
class Filters:
    """What narrows a search; ValueError for a kind or status that doesn't exist."""

    region: str | None = None
    status: str | None = None
    kind: str | None = None
    year: int | None = None

    def __post_init__(self) -> None:
        try:
            schema.facets(self.kind, self.status, None, None)
        except KeyError as error:
            raise ValueError(f"没有 {error.args[0]} 这种状态或者类型。") from error
        if self.region and not re.fullmatch(r"\d{2}|\d{4}|\d{6}", self.region, re.ASCII):
            raise ValueError(f"行政区划“{self.region}”要写 6 位数字，例如 410100。")

    @property
    def within(self) -> str:
        """The digits that a region's code must begin with: 410100 is 4101 and all below it."""
        return re.sub(r"(00)+$", "", self.region or "")

    def match(self) -> str:
        """The MATCH expression for them, empty for none; without a prefecture, which `Tokens` knows."""
        words = schema.facets(self.kind, self.status, None, f"{self.year:04d}" if self.year else None)
        words += [f"region{self.within}"] if len(self.within) in (2, 6) else []
        return every(*(phrase([word]) for word in words))

    def sql(self) -> tuple[str, list[str]]:
        """The same as SQL after WHERE, with its parameters."""
        wanted = {
            "substr(region, 1, ?)": (str(len(self.within)), self.within) if self.within else None,
            "status": (self.status,) if self.status else None,
            "kind": (self.kind,) if self.kind else None,
            "substr(established, 1, 4)": (f"{self.year:04d}",) if self.year else None,
        }
        chosen = {key: value for key, value in wanted.items() if value}
        terms = "".join(f" AND {key} = ?" for key in chosen)
        return terms, [each for values in chosen.values() for each in values]


@dataclass(frozen=True)
class Stage:
    """One way to find names: what the index is asked, between which ids, and what must hold of a folded name."""

    match: str
    fits: Callable[[str], bool]
    bounds: tuple[int, int] = ANYWHERE
    candidates: int | None = None


def run(connection: Connection, stages: Iterable[Stage], filters: Filters) -> Iterator[int]:
    """The ids that the stages find; one that fits several comes several times."""
    narrowed = filters.match()
    for stage in stages:
        found: Iterator[tuple[int, str]] = connection.execute(_MATCHES, (every(stage.match, narrowed), *stage.bounds))
        for id, name in islice(found, stage.candidates):
            if stage.fits(fold(name)):
                yield id


class Tokens:
    """Chooses what to ask the index for: in the prefecture that the filters name, and by how common tokens are."""

    def __init__(self, connection: Connection, filters: Filters) -> None:
        self.connection = connection
        self.prefecture = filters.within[:4] if len(filters.within) >= 4 else ""

    @property
    def here(self) -> str:
        """The MATCH expression for the prefecture, for tokens that don't have it in them."""
        return phrase([f"region{self.prefecture}"]) if self.prefecture else ""

    def phrase(self, tokens: list[str]) -> str:
        """The MATCH expression for tokens of names, one after the other."""
        return phrase([token + self.prefecture for token in tokens])

    def having(self, tokens: list[str]) -> str:
        """A MATCH expression that names with these tokens one after the other fulfil, and few others."""
        return self.phrase(tokens) if len(tokens) <= 2 else self.rarest(tokens)

    def rarest(self, tokens: list[str]) -> str:
        """A MATCH expression that names with all these tokens fulfil, and few others."""
        return every(*(self.phrase([token]) for token in self.telling(tokens)))

    def sounding(self, tokens: list[str]) -> str:
        """The same as `having` for tokens of syllables or initials."""
        chosen = [phrase(tokens)] if len(tokens) <= 2 else [phrase([token]) for token in self.telling(tokens)]
        return every(*chosen, self.here)

    def telling(self, tokens: list[str]) -> list[str]:
        """The tokens that narrow most.

        Three rare ones; where none is rare, three that don't overlap and one more, so that a long fragment of
        nothing but common words is narrowed by each of them.
        """
        names = self._names(tokens)
        order = sorted(range(len(tokens)), key=lambda place: names.get(tokens[place], 0))
        chosen = _apart(order) if names.get(tokens[order[0]], 0) > RARE_NAMES else order[:3]
        return [tokens[place] for place in chosen]

    def few(self, tokens: list[str]) -> bool:
        """Whether at most some hundred names have all of them."""
        names = self._names(tokens)
        return any(names.get(token, 0) <= FEW_NAMES for token in tokens)

    def _names(self, tokens: list[str]) -> dict[str, int]:
        """About how many names each common token is in."""
        asked = ", ".join("?" * len(tokens))
        return dict(self.connection.execute(f"SELECT token, names FROM common WHERE token IN ({asked})", tokens))


def _apart(order: list[int]) -> list[int]:
    """The first three places that aren't neighbours, and the first one left."""
    chosen: list[int] = []
    for place in order:
        if len(chosen) < 3 and all(abs(place - other) > 1 for other in chosen):
            chosen.append(place)
    return chosen + [place for place in order if place not in chosen][:1]
