"""A definition whose id is written wrong: said once where it is defined, not wherever it is used."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from hall.check.places import Places
from hall.check.references import nearest
from hall.content.findings import Finding
from hall.content.source import Path, Source
from hall.journey.answers import REGISTERED

_MISSING = re.compile(r"没有“([^”]+)”这")
_KINDS = {"unknown-fact": "data/facts/", "unknown-law": "data/laws.yaml", "unknown-authority": "data/authorities.yaml"}
_LIKENESS = 80
_ENOUGH = 2
"""From so many uses on, the one definition is likelier to be wrong."""


def said_once(
    found: Iterable[Finding], sources: Mapping[str, Source], is_used: Callable[[str], bool], places: Places
) -> set[Finding]:
    """The findings, those of names that are missing put together at a definition of nearly that name.

    `is_used`: whether any file but the definitions names an id.
    """
    kept = set(found)
    for (code, missing), uses in _missing(kept).items():
        if len(uses) < _ENOUGH:
            continue
        defined = {key: at for key, at in _defined(sources, _KINDS[code]) if not is_used(key)}
        if close := nearest(missing, defined, _LIKENESS):
            message = f"有 {len(uses)} 处要用“{missing}”，可是没有；这里的“{close}”却没有一处用到"
            kept = (kept - uses) | {
                places.finding(defined[close], code, message, f"多半是这里写错了，请改成 {missing}。")
            }
    return kept


def _missing(found: set[Finding]) -> dict[tuple[str, str], set[Finding]]:
    uses: dict[tuple[str, str], set[Finding]] = {}
    for each in found:
        if each.code in _KINDS and (match := _MISSING.match(each.message)):
            uses.setdefault((each.code, match[1].removeprefix(REGISTERED)), set()).add(each)
    return uses


def _defined(sources: Mapping[str, Source], start: str) -> Iterator[tuple[str, Path]]:
    for file, source in sources.items():
        if file.startswith(start) and isinstance(source.data, dict):
            yield from ((key, (file, key)) for key in source.data)
