"""YAML syntax: the parser, its complaints in an editor's words, and what can be read of a broken file."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

MAX_DEPTH = 60
"""Brackets or dashes nested deeper are refused: definitions need about ten, and the C parser recurses."""
MAPPING_COLON = re.compile(r":(\s|$)")
_CHINESE = re.compile(r"^\s*(-\s+)?[\w.\-]+(：|﹕|∶)")
_BRACKETS = re.compile(r"[^\[\]{}]+")
_DEEP_BLOCK = re.compile(r"(- ){60}|^ {240}", re.MULTILINE)
_MARKED = re.compile(r"(?:^|[\s\[{,:])[&*][^\s,\]}]", re.MULTILINE)
_TOP = re.compile(r"^[^\s#\]},]")
_BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INDENT = "看看这一行的缩进：同一层的名字要对齐，下一层多缩进两格，只用空格。"
_QUOTE = "这样开头的文字要加引号。"
_DASH = "did not find expected '-' indicator"
_PROBLEMS = {
    "mapping values are not allowed in this context": (
        "这里不能再有冒号",
        "多半是这一行缩进多了，或者上一行的冒号后面没有空格；文字里有冒号加空格的，整段加引号。",
    ),
    "did not find expected key": ("这一行与上面的对不上", _INDENT),
    _DASH: ("这一行与上面的列表对不上", "列表每一项以“- ”开头，并且对齐。" + _INDENT),
    "block sequence entries are not allowed in this context": (
        "这里不能写“- ”",
        "冒号后面要写一列的，另起一行，每项以“- ”开头；或者写成 [甲, 乙]。",
    ),
    "did not find expected node content": ("这里缺少一个值，或者多了一个括号、逗号", "请检查括号和逗号。"),
    "found character that cannot start any token": ("这个字符不能放在开头", _QUOTE),
    "found undefined alias": ("以 * 开头的文字会被当成引用", _QUOTE),
    "found unknown escape character": ("双引号里的反斜杠没有这种写法", "请把双引号换成单引号，或者去掉反斜杠。"),
    "did not find expected <document start>": ("这后面多出了内容", "多半是多了一个右括号，请删去。"),
    "but found another document": ("一个文件里有两段内容（---）", "请分成两个文件，或者删去 --- 这一行。"),
    "could not find expected ':'": ("这一行缺少冒号", "写成“名字: 值”，冒号是英文的，后面空一格。"),
    "did not find expected ',' or '}'": (
        "这里应当是英文逗号，或者右花括号",
        "请检查逗号和括号；文字里有括号的，整段加引号。",
    ),
    "did not find expected ',' or ']'": (
        "这里应当是英文逗号，或者右方括号",
        "请检查逗号和括号；文字里有括号的，整段加引号。",
    ),
    "found duplicate anchor": ("这里用了锚点", "请把内容直接写出来，或者放进 guides/parts。"),
}
_UNCLOSED = {
    "while parsing a flow sequence": ("方括号没有配对", "请补上 ]，每两项之间用英文逗号。"),
    "while parsing a flow mapping": ("花括号没有配对", "请补上 }，每两项之间用英文逗号，冒号后面空一格。"),
    "while scanning a quoted scalar": ("引号没有配对", "请在文字末尾补上同样的英文引号。"),
    "while scanning a simple key": _PROBLEMS["could not find expected ':'"],
}


@dataclass(frozen=True)
class Trouble:
    """A complaint about a file's syntax."""

    line: int
    column: int
    message: str
    help: str | None = None


@dataclass(frozen=True)
class Section:
    """A top-level key or list item, read by itself."""

    path: tuple[str | int, ...]
    tree: yaml.Node | None
    trouble: Trouble | None
    is_lost: bool = False
    """Whether what it says can't be read."""


class _Composer(_BASE):  # type: ignore[misc, valid-type]
    """Composes nodes without guessing types: only an explicit tag is kept."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def compose(text: str) -> yaml.Node | None:
    """The node tree of a text; raises yaml.YAMLError."""
    return yaml.compose(text, Loader=_Composer)


def too_deep(text: str) -> Trouble | None:
    """A complaint when the text is nested too deeply to be parsed safely."""
    depth = 0
    for bracket in _BRACKETS.sub("", text):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            break
    may_be_deep = "- - - - " in text or " " * 240 in text
    if depth <= MAX_DEPTH and not (may_be_deep and _DEEP_BLOCK.search(text)):
        return None
    return Trouble(1, 1, f"括号或者缩进套了 {MAX_DEPTH} 层以上", "请检查括号是否配对。")


def marks_of(text: str) -> Iterator[Trouble]:
    """A complaint for each anchor and alias."""
    if ("&" not in text and "*" not in text) or not _MARKED.search(text):
        return
    for token in yaml.scan(text, Loader=_Composer):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            sign = "&" if isinstance(token, yaml.AnchorToken) else "*"
            help = "请把内容直接写出来，或者放进 guides/parts；如果是文字，请加引号。"
            yield Trouble(
                token.start_mark.line + 1,
                token.start_mark.column + 1,
                f"这里用了锚点或引用 {sign}{token.value}",
                help,
            )


def trouble_of(error: yaml.YAMLError, text: str) -> Trouble:
    """A parser's error in an editor's words, at the line where the mistake is rather than where it shows."""
    if not isinstance(error, yaml.MarkedYAMLError):
        place = getattr(error, "position", 0)
        before = text[:place] if isinstance(place, int) else ""
        help = "请删去这个看不见的字符；从别处粘贴的，先贴到纯文本里。"
        column = len(before) - before.rfind("\n")
        return Trouble(before.count("\n") + 1, column, "这里有不能用的控制字符", help)
    lines = text.splitlines()
    problem, context = str(error.problem), str(error.context)
    mark = error.problem_mark
    message, help = _PROBLEMS.get(problem, (f"从这里起读不懂（{problem}）", "看看缩进、冒号后的空格、引号和括号。"))
    if context in _UNCLOSED and error.context_mark and (mark is None or mark.line != error.context_mark.line):
        mark, (message, help) = error.context_mark, _UNCLOSED[context]
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return _nearer(lines, line, column, message, help)


def _nearer(lines: list[str], line: int, column: int, message: str, help: str) -> Trouble:
    """The trouble, or a plainer one when the line (or the one above it) shows a usual slip."""
    for here in (line, line - 1):
        text = lines[here] if 0 <= here < len(lines) else ""
        if "\t" in text[: len(text) - len(text.lstrip())]:
            return Trouble(here + 1, text.index("\t") + 1, "这一行用制表符（Tab）缩进", "缩进请用空格。")
        if match := _CHINESE.match(text):
            return Trouble(here + 1, match.end(), "这里用了中文冒号", "请改成英文冒号，后面空一格。")
        if re.match(r"\s*(-\s+)?[a-z][\w.\-]*:[^\s]", text) and MAPPING_COLON.search(text) is None:
            return Trouble(here + 1, text.index(":") + 1, "冒号后面没有空格", "请在冒号后面空一格。")
    if "逗号" in message and any(mark in "".join(lines[line : line + 1]) for mark in "，：｛｝［］"):
        help = "这一行有中文标点：名字和值之间的逗号、冒号、括号要用英文的。"
    return Trouble(line + 1, column + 1, message, help)


def sections(text: str) -> Iterator[Section]:
    """Each top-level key, and each item of a key whose list is broken, composed by itself in its place."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _TOP.match(line) and not line.startswith("---")]
    # "- " at the margin under a key belongs to the key's list, unless the whole file is a list.
    is_list = bool(starts) and lines[starts[0]].startswith("- ")
    if not is_list:
        starts = [number for number in starts if not lines[number].startswith("- ")]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(lines)
        path: tuple[str | int, ...] = (index,) if is_list else (lines[start].partition(":")[0].strip("\"' "),)
        yield from _section(lines, start, end, path)


def _section(lines: list[str], start: int, end: int, path: tuple[str | int, ...]) -> Iterator[Section]:
    tree, trouble = _alone(lines, start, end)
    if trouble is None:
        yield Section(path, tree, None)
        return
    usual, items = _items(lines, start, end) if isinstance(path[0], str) else (0, [])
    if not items:
        yield Section(path, None, trouble, is_lost=True)
        return
    key: yaml.Node | None = None
    nodes: list[yaml.Node] = []
    for number, (first, last) in enumerate(items):
        tree, trouble = _alone(lines, start, start + 1, first, last)
        indent = lines[first].index("-")
        if trouble is None and isinstance(tree, yaml.MappingNode) and len(tree.value[0][1].value) == 1:
            key, (item,) = tree.value[0][0], tree.value[0][1].value
            nodes.append(item)
            if indent != usual:
                yield Section((*path, number), None, Trouble(first + 1, indent + 1, *_PROBLEMS[_DASH]))
        else:
            mark = yaml.Mark("", 0, first, indent, None, 0)
            nodes.append(yaml.ScalarNode("", "", mark, mark))  # keeps the others' numbers
            yield Section((*path, number), None, trouble, is_lost=True)
    if key is None:
        yield Section(path, None, None, is_lost=True)
    else:
        mark = key.start_mark
        listed = yaml.SequenceNode("", nodes, mark, mark)
        yield Section(path, yaml.MappingNode("", [(key, listed)], mark, mark), None)


def _items(lines: list[str], start: int, end: int) -> tuple[int, list[tuple[int, int]]]:
    """The usual indent of the list below a key's line; first and last line of each item, one that is a space off too."""
    dashes = [(n, len(line) - len(line.lstrip())) for n, line in enumerate(lines[:end]) if n > start and line.lstrip().startswith("- ")]  # fmt: skip
    if not dashes:
        return 0, []
    least = min(indent for _, indent in dashes)
    usual = Counter(indent for _, indent in dashes if indent <= least + 1).most_common(1)[0][0]
    firsts = [number for number, indent in dashes if abs(indent - usual) <= 1]
    return usual, list(zip(firsts, [*firsts[1:], end], strict=True))


def _alone(lines: list[str], *bounds: int) -> tuple[yaml.Node | None, Trouble | None]:
    """Composes some lines, all others left blank so that lines keep their numbers."""
    kept = [""] * len(lines)
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        kept[first:last] = lines[first:last]
    text = "\n".join(kept) + "\n"
    try:
        tree = compose(text)
    except yaml.YAMLError as error:
        return None, trouble_of(error, text)
    if tree is not None and isinstance(tree, yaml.ScalarNode):
        first = bounds[0]
        return None, _nearer(lines, first, 0, *_PROBLEMS["could not find expected ':'"])
    return tree, None
