"""Reads YAML so that every value keeps its line and column, and nothing is turned into something else.

Only what an editor sees is what is meant: `true`/`false` are yes-no, digits are numbers (amounts as
Decimal, never float), `2026-05-01` is a date, all else is text. `yes`, `no`, `on`, `off`, numbers with
leading zeros, tags, anchors and duplicate keys are refused with their place and the way to write them.
One mistake doesn't hide the next: the rest of a file with broken syntax is still read (see syntax.py).
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import yaml

from hall.content.findings import Finding
from hall.content.syntax import MAPPING_COLON, Trouble, compose, marks_of, sections, too_deep, trouble_of

Path = tuple[str | int, ...]
_INTEGER = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LEADING_ZERO = re.compile(r"-?0\d+(\.\d+)?", re.ASCII)
_SPECIAL = re.compile(r"[-+.\d]")  # how a number or a date begins
_AMBIGUOUS = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}
_PUNCTUATION = str.maketrans("：，｛｝［］“”‘’", ":,{}[]\"\"''")


@dataclass
class Source:
    """A YAML file's data and what was refused in it."""

    file: str
    text: str = ""
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    damaged: set[Path] = field(default_factory=set)
    """Paths whose value isn't what the file means to say; a mistake there has been reported."""
    empty: list[Path] = field(default_factory=list)
    """Paths of keys without a value."""
    trees: list[yaml.Node] | None = None
    """What could be composed of a file with broken syntax."""

    @cached_property
    def places(self) -> dict[Path, tuple[int, int]]:
        """Line and column of every key and list item, counted from 1; read only when something is wrong."""
        found: dict[Path, tuple[int, int]] = {}
        for tree in self.trees if self.trees is not None else [compose(self.text)]:
            if tree is not None:
                _locate(tree, (), found, set())
        return found

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of the nearest value that is written in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def error(self, path: Path, code: str, message: str, help: str | None = None) -> None:
        """Adds an error at a value."""
        self.findings.append(Finding(self.file, *self.place(path), "error", code, message, help))

    def is_damaged(self, path: Path) -> bool:
        """Whether the value, or one that it is part of, has been refused."""
        return any(path[:length] in self.damaged for length in range(len(path) + 1))


def read_source(file: str, text: str) -> Source:
    """The source of a file's text; never raises for bad YAML, the findings say what is wrong."""
    source = Source(file, text)
    if deep := too_deep(text):
        _report(source, deep)
        source.damaged.add(())
        return source
    try:
        tree = compose(text)
    except yaml.YAMLError as error:
        _recover(source, trouble_of(error, text))
        return source
    for trouble in marks_of(text):
        _report(source, trouble)
    if tree is not None:
        source.data = _Reader(source).read(tree)
    return source


def _recover(source: Source, first: Trouble) -> None:
    """Reads what can be read of a file with broken syntax: each top-level key and list item by itself."""
    trees: list[yaml.Node] = []
    reported: set[Trouble] = set()
    for section in sections(source.text):
        if section.tree is not None:
            trees.append(section.tree)
        if section.trouble is not None:
            reported.add(section.trouble)
        if section.is_lost:
            source.damaged.add(section.path)
    for trouble in reported or {first}:
        _report(source, trouble)
    if not reported:
        source.damaged.add(())
    source.trees = trees
    reader = _Reader(source)
    whole = _join(trees)
    source.data = reader.read(whole) if whole is not None else None


def _join(trees: list[yaml.Node]) -> yaml.Node | None:
    """One mapping (or list) of all that was read; a key's list whose items were read one by one is one list."""
    if not trees or any(not isinstance(tree, type(trees[0])) for tree in trees):
        return None
    first = trees[0]
    if isinstance(first, yaml.SequenceNode):
        return yaml.SequenceNode("", [item for tree in trees for item in tree.value], first.start_mark, first.end_mark)
    return yaml.MappingNode("", [pair for tree in trees for pair in tree.value], first.start_mark, first.end_mark)


def _report(source: Source, trouble: Trouble) -> None:
    source.findings.append(
        Finding(source.file, trouble.line, trouble.column, "error", "yaml", trouble.message, trouble.help)
    )


def _locate(node: yaml.Node, path: Path, found: dict[Path, tuple[int, int]], seen: set[int]) -> None:
    found.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and (*path, key.value) not in found:
                found[(*path, key.value)] = (key.start_mark.line + 1, key.start_mark.column + 1)
                _locate(value, (*path, key.value), found, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _locate(item, (*path, index), found, seen)


class _Reader:
    """Turns nodes into data. `path` is where it stands."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path: list[str | int] = []
        self.seen: set[int] = set()

    def read(self, node: yaml.Node) -> Any:
        if node.tag:
            self._refuse(node, f"这里用了标记 {node.tag}", "请删去感叹号开头的标记；要文字就加引号。")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self.seen:
            self.source.damaged.add(tuple(self.path))  # an alias; marks_of has reported it
            return None
        self.seen.add(id(node))
        return self._mapping(node) if isinstance(node, yaml.MappingNode) else self._sequence(node)

    def _sequence(self, node: yaml.Node) -> list[Any]:
        items = []
        for index, child in enumerate(node.value):
            self.path.append(index)
            items.append(self.read(child))
            self.path.pop()
        return items

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, value_node)
            if key is None:
                self.source.damaged.add(tuple(self.path))
                continue
            self.path.append(key)
            if key in result:
                line = self.source.place(tuple(self.path))[0]
                help = "同一层里一个名字只能写一次，请合并或删去一处。"
                self._refuse(key_node, f"“{key}”写了两次，前一处在第 {line} 行", help, "duplicate-key")
            else:
                result[key] = self.read(value_node)
                if result[key] is None and not self.source.is_damaged(tuple(self.path)):
                    self.source.empty.append(tuple(self.path))
            self.path.pop()
        return result

    def _key(self, node: yaml.Node, value: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self._refuse(node, "冒号前面只能是一个名字", "检查花括号和冒号；文字里有花括号、方括号的，整段加引号。")
            return None
        key = str(node.value)
        if not node.style and _has_no_colon(node, value):
            if key != key.translate(_PUNCTUATION):
                self._refuse(node, f"“{key}”里是中文标点", "冒号、逗号、括号、引号要用英文的，冒号后面空一格。")
            else:
                help = "文字里有英文逗号的，整段加引号；是“名字: 值”的，补上冒号和空格。"
                self._refuse(node, f"“{key}”后面没有冒号", help)
            return None
        return key

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text: str = node.value
        if node.style:
            return text
        if text in ("true", "false"):
            return text == "true"
        if not text or text == "~" or text == "null":
            return None
        if len(text) <= 5 and text.lower() in _AMBIGUOUS:
            self._refuse(node, f"“{text}”容易被误读", "是或否请写小写的 true 或 false；如果是文字，请加引号。")
        elif _SPECIAL.match(text):
            return self._number_or_date(node, text)
        elif node.start_mark.line != node.end_mark.line and (" - " in text or MAPPING_COLON.search(text)):
            self._refuse(node, "下一行被接到这一行的文字后面了", "看看下一行的缩进：列表的“-”要与上一项对齐。")
        return text

    def _number_or_date(self, node: yaml.ScalarNode, text: str) -> Any:
        if _INTEGER.fullmatch(text):
            return int(text) if len(text) < 25 else text
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        if _LEADING_ZERO.fullmatch(text):
            self._refuse(node, f"“{text}”以 0 开头", f'编号请加引号："{text}"；数量请去掉前面的 0。')
        elif _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._refuse(node, f"没有 {text} 这一天", "日期写成 2026-05-01，请核对月和日。")
        return text

    def _refuse(self, node: yaml.Node, message: str, help: str, code: str = "yaml") -> None:
        """Reports a value and marks it, so that nothing else is said about it."""
        self.source.damaged.add(tuple(self.path))
        mark = node.start_mark
        self.source.findings.append(
            Finding(self.source.file, mark.line + 1, mark.column + 1, "error", code, message, help)
        )


def _has_no_colon(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether a word stands alone in braces, `{a: 1, word}`: it has a value of no width right behind it."""
    return (
        isinstance(value, yaml.ScalarNode)
        and not value.value
        and not value.style
        and bool(value.start_mark.index == value.end_mark.index == key.end_mark.index)
    )
