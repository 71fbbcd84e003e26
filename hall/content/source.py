"""Reads YAML so that every value keeps its line and column, and nothing is turned into something else.

Only what an editor sees is what is meant: `true`/`false` are yes-no, digits are numbers (amounts as
Decimal, never float), `2026-05-01` is a date, all else is text. `yes`, `no`, `on`, `off`, numbers with
leading zeros, tags, anchors and duplicate keys are refused with their place and the way to write them.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from hall.content.findings import Finding

Path = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LEADING_ZERO = re.compile(r"-?0\d+")
_AMBIGUOUS = {"yes", "no", "on", "off", "y", "n"}


@dataclass
class Source:
    """A YAML file's data, the place of each value and key, and what was refused."""

    file: str
    data: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of the nearest value that is written in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def error(self, path: Path, code: str, message: str, help: str | None = None) -> None:
        """Adds an error at a value."""
        self.findings.append(Finding(self.file, *self.place(path), "error", code, message, help))


def read_source(file: str, text: str) -> Source:
    """The source of a file's text; never raises for bad YAML, the findings say what is wrong."""
    source = Source(file)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        source.findings.append(_syntax(file, line, column, text, str(error.problem)))
        return source
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        source.findings.append(Finding(file, 1, 1, "error", "yaml", f"读不懂这个文件：{error}"))
        return source
    if node is not None:
        source.data = _Reader(source).read(node, ())
    return source


def _syntax(file: str, line: int, column: int, text: str, problem: str) -> Finding:
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here:
        return Finding(file, line, here.index("\t") + 1, "error", "yaml", "这一行用了制表符（Tab）", "缩进请用空格。")
    return Finding(
        file,
        line,
        column,
        "error",
        "yaml",
        f"从这里起读不懂（{problem}）",
        "看看缩进、冒号后的空格、引号和括号是否成对。",
    )


class _Reader:
    """Turns nodes into data, keeping their places."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.seen: set[int] = set()

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.source.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if id(node) in self.seen:
            self._refuse(node, "yaml", "这里引用了别处（锚点和别名）", "请把内容直接写出来，或者放进 guides/parts。")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in result:
                self._refuse(
                    key_node, "duplicate-key", f"“{key}”写了两次", "同一层里一个名字只能写一次，请合并或删去一处。"
                )
                continue
            self.source.places[(*path, key)] = place
            result[key] = self.read(value_node, (*path, key))
        return result

    def _key(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode) or not isinstance(node.value, Hashable):
            self._refuse(node, "yaml", "冒号前面只能是一个名字", None)
            return None
        return str(node.value)

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text = str(node.value)
        if node.style in ("'", '"', "|", ">"):
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if text.lower() in _AMBIGUOUS:
            self._refuse(node, "yaml", f"“{text}”容易被误读", "是或否请写 true 或 false；如果是文字，请加引号。")
        elif _LEADING_ZERO.fullmatch(text):
            self._refuse(node, "yaml", f"“{text}”以 0 开头", f'编号请加引号："{text}"。')
        elif _INTEGER.fullmatch(text):
            return int(text) if len(text) < 25 else text
        elif _DECIMAL.fullmatch(text):
            return Decimal(text)
        elif _DATE.fullmatch(text):
            return self._date(node, text)
        return text

    def _date(self, node: yaml.Node, text: str) -> Any:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._refuse(node, "yaml", f"没有 {text} 这一天", "日期写成 2026-05-01。")
            return text

    def _refuse(self, node: yaml.Node, code: str, message: str, help: str | None) -> None:
        mark = node.start_mark
        self.source.findings.append(
            Finding(self.source.file, mark.line + 1, mark.column + 1, "error", code, message, help)
        )
