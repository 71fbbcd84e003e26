"""Writes definitions back as their editors wrote them: comments, order, quotes and line breaks stay (ruamel.yaml)."""

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

Path = Sequence[str | int]
_FLUSH = re.compile(r"^([^\s#].*:\s*(#.*)?\n)?- ", re.MULTILINE)
"""A list whose dashes stand at the margin."""
_ENDLESS = 1_000_000


def same_text(text: str) -> str:
    """The text as it is written back when nothing is changed."""
    writer = _writer(text)
    return _written(writer, writer.load(text))


def with_value(text: str, path: Path, value: Any) -> str:
    """The text with one value set; every other top-level key stays to the letter.

    A value of None takes the key away. KeyError or IndexError when the path leads nowhere.
    """
    writer = _writer(text)
    data = writer.load(text)
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    if value is None:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return _only(str(path[0]), text, _written(writer, data))


def _only(key: str, before: str, after: str) -> str:
    """The text before, with the lines of one top-level key as they are after."""
    old, new = _blocks(before), _blocks(after)
    if key not in old or key not in new:
        return after
    lines, (first, last) = before.splitlines(keepends=True), old[key]
    return "".join([*lines[:first], *after.splitlines(keepends=True)[slice(*new[key])], *lines[last:]])


def _blocks(text: str) -> dict[str, tuple[int, int]]:
    """First and last line (exclusive) of each top-level key; what stands before the next key goes with this one."""
    data = YAML(typ="rt").load(text)
    starts = {key: data.lc.key(key)[0] for key in data} if isinstance(data, CommentedMap) else {}
    ends = [*list(starts.values())[1:], len(text.splitlines())]
    return {str(key): (start, end) for (key, start), end in zip(starts.items(), ends, strict=True)} if starts else {}


def _writer(text: str) -> YAML:
    writer = YAML(typ="rt")
    writer.preserve_quotes = True
    writer.width = _ENDLESS  # lines break where their editor broke them
    writer.allow_unicode = True
    writer.brace_single_entry_mapping_in_flow_sequence = True
    if _FLUSH.search(text):
        writer.indent(mapping=2, sequence=2, offset=0)
    else:
        writer.indent(mapping=2, sequence=4, offset=2)
    return writer


def _written(writer: YAML, data: Any) -> str:
    out = StringIO()
    writer.dump(data, out)
    return out.getvalue()
