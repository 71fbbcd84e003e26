"""Where in the files a thing was written."""

from collections.abc import Iterator, Mapping
from typing import Any

from hall.check.codes import severity_of
from hall.content.findings import Finding
from hall.content.source import Path, Source


class Places:
    """Makes findings at a path such as ("guides/close/x.yaml", "materials", 2, "form")."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self.said: list[Path] = []
        """Where something has been found wrong."""

    def finding(self, at: Path, code: str, message: str, help: str | None = None, path: str | None = None) -> Finding:
        """A finding at the nearest written value, as severe as its code."""
        line, column = self.place(at)
        self.said.append(at)
        return Finding(str(at[0]), line, column, severity_of(code), code, message, help, path)

    def place(self, at: Path) -> tuple[int, int]:
        """Line and column of the nearest written value."""
        source = self.sources.get(str(at[0]))
        return source.place(at[1:]) if source else (1, 1)

    def has(self, at: Path) -> bool:
        """Whether a value is written at this very path."""
        source = self.sources.get(str(at[0]))
        return source is not None and at[1:] in source.places

    def line(self, at: Path, from_file: str = "") -> str:
        """The line in words: 第 12 行, with the file when it is another one."""
        where = f"第 {self.place(at)[0]} 行"
        return where if str(at[0]) == from_file else f"{at[0]} {where}"

    def is_damaged(self, at: Path) -> bool:
        """Whether something in the value, or one that it is part of, has been refused already."""
        source = self.sources.get(str(at[0]))
        if source is None:
            return False
        keys = at[1:]
        return source.is_damaged(keys) or any(path[: len(keys)] == keys for path in source.damaged)

    def is_lost(self, at: Path) -> bool:
        """Whether the value itself, or one that it is part of, has been refused."""
        source = self.sources.get(str(at[0]))
        return source is not None and source.is_damaged(at[1:])

    def has_said(self, at: Path) -> bool:
        """Whether something has been found wrong in the value."""
        return any(each[: len(at)] == at for each in self.said)

    def of_value(self, file: str, name: str, index: int) -> Path:
        """The path of one of a guide's conditional values, which may be written without a list."""
        data = self._data(file)
        written = data.get(name) if isinstance(data, dict) else None
        return (file, name, index) if isinstance(written, list) else (file, name)

    def test(self, element: Any, index: int) -> Path:
        """The path of the n-th comparison of an element's condition."""
        at: Path = (*element.origin, "when")
        put = getattr(element, "put", ())
        if put:
            outer = list(test_paths(self._raw((*put, "when"))))
            if index < len(outer):
                return (*put, "when", *outer[index])
            index -= len(outer)
        return self.test_in(at, index)

    def test_in(self, at: Path, index: int) -> Path:
        """The path of the n-th comparison of the condition written at a path."""
        paths = list(test_paths(self._raw(at)))
        return (*at, *paths[index]) if index < len(paths) else at

    def _raw(self, at: Path) -> Any:
        here = self._data(str(at[0]))
        for key in at[1:]:
            if isinstance(here, dict):
                here = here.get(key)
            elif isinstance(here, list) and isinstance(key, int) and key < len(here):
                here = here[key]
            else:
                return None
        return here

    def _data(self, file: str) -> Any:
        source = self.sources.get(file)
        return source.data if source else None


def test_paths(raw: Any) -> Iterator[Path]:
    """The keys of every comparison in a written condition, in the order of `tests_in`."""
    for key, value in raw.items() if isinstance(raw, dict) else ():
        if key in ("any", "all") and isinstance(value, list):
            for index, part in enumerate(value):
                yield from ((key, index, *path) for path in test_paths(part))
        elif key == "not":
            yield from ((key, *path) for path in test_paths(value))
        elif isinstance(value, dict):
            yield from ((key, operator) for operator in value)
        else:
            yield (key,)
