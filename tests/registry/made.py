"""Small registries made for tests, and the plain scan that search is compared with."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from hall.registry.columns import STORED
from hall.registry.load import load
from hall.registry.rows import Loaded
from hall.registry.store import Registry
from hall.registry.subject import Subject


def code(number: int) -> str:
    """A valid USCC of nobody."""
    return (first := f"91419999MA{number:07d}") + uscc.calc_check_digit(first)


def old_number(number: int) -> str:
    """A valid registration number of nobody."""
    return (first := f"419999{number:08d}") + mod_11_10.calc_check_digit(first)


def row(number: int, name: str, **more: str) -> dict[str, str]:
    """A sound row."""
    return {"uscc": code(number), "name": name, "kind": "company", "status": "live", "region": "410100"} | more


def write(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    """A CSV of rows."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, STORED, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def loaded(folder: Path, rows: Iterable[Mapping[str, str]]) -> Loaded:
    """Loads rows as the whole registry of a folder."""
    return load(write(folder / "subjects.csv", rows), folder)


def every(registry: Registry, text: str, **filters: object) -> tuple[Subject, ...]:
    """All that a search finds as typed."""
    found = registry.find(text, limit=1_000_000, **filters)  # type: ignore[arg-type]
    return () if found.corrected else found.subjects


def names(registry: Registry, text: str, **filters: object) -> list[str]:
    """The names of all that a search finds as typed."""
    return [each.name for each in every(registry, text, **filters)]
