"""What doesn't fit the models, in an editor's words; and the model of what is left when it is taken out.

A guide with a mistake isn't served, but the prover still reads the rest of it (`draft`), so that one
mistake doesn't hide the next. Whatever was taken out is in the source's `damaged`.
"""

import copy
import re
import typing
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError
from rapidfuzz import process

from hall.content.conditions import OPERATORS
from hall.content.findings import Finding
from hall.content.keys import KEYS, NOUNS, describe, homes_of
from hall.content.models import Model
from hall.content.shapes import condition_trouble, field_of, harmless, models_in
from hall.content.source import Path, Source

M = TypeVar("M", bound=Model)
_ROUNDS = 8
_LIKELY = 75
"""From this similarity (of 100) on a misspelt key is read as the one that was meant."""
_SET_BY_LOADER = {"Guide": ("file", "digest", "scenario"), "Form": ("file", "digest"), "Fact": ("id",)}
_LIST = "写成一列：[甲, 乙]，或者每项另起一行，以“- ”开头。"
_GLUED = re.compile(r"([a-z_]+)(:|：)")
"""A key that has run into its value."""
_MAPPING = "写成“名字: 值”，冒号后面空一格；或者 {名字: 值, 名字: 值}。"
_TYPES: dict[str, tuple[str, str]] = {
    "string_type": ("这里应当是文字", "数字、日期要当作文字的，加引号；要写几样的，写在一段文字里。"),
    "int_type": ("这里应当是整数", "写成 3 这样的数字，不带单位和引号。"),
    "int_parsing": ("这里应当是整数", "写成 3 这样的数字，不带单位和引号。"),
    "int_from_float": ("这里应当是整数", "写成 3 这样的数字。"),
    "bool_type": ("这里应当是 true 或 false", "是写 true，否写 false。"),
    "bool_parsing": ("这里应当是 true 或 false", "是写 true，否写 false。"),
    "decimal_type": ("这里应当是数字或者日期", "写成 3、0.5 或者 2026-05-01。"),
    "decimal_parsing": ("这里应当是数字或者日期", "写成 3、0.5 或者 2026-05-01。"),
    "date_type": ("这里应当是日期", "写成 2026-05-01：四位年、两位月、两位日。"),
    "date_parsing": ("这里应当是日期", "写成 2026-05-01：四位年、两位月、两位日。"),
    "date_from_datetime_parsing": ("这里应当是日期", "写成 2026-05-01：四位年、两位月、两位日。"),
    "tuple_type": ("这里应当是一列", _LIST),
    "list_type": ("这里应当是一列", _LIST),
    "too_long": ("这里写多了", "只能写两项：[一, 二]。"),
    "model_type": ("这里应当是“名字: 值”的形式", _MAPPING),
    "model_attributes_type": ("这里应当是“名字: 值”的形式", _MAPPING),
    "dict_type": ("这里应当是“名字: 值”的形式", _MAPPING),
}


def build(source: Source, model: type[M], raw: Any, at: Path) -> tuple[M | None, M | None]:
    """The sound model of a value, and its draft; both the same when there is no mistake.

    With mistakes the first is None and findings are added to the source; the second is None when too
    little is left.
    """
    lacking = (path for path in source.empty if not _may_be_empty(path[len(at) :]))
    if any(path[: len(at)] == at for path in (*source.damaged, *lacking)) or _reserved(model, raw):
        return None, _Mender(source, model, raw, at).draft()
    try:
        sound = model.model_validate(raw)
    except ValidationError:
        return None, _Mender(source, model, raw, at).draft()
    return sound, sound


def _reserved(model: type[Model], raw: Any) -> bool:
    """Whether a key is written that only the loader sets."""
    return isinstance(raw, dict) and any(_is_reserved(model, key) for key in raw)


def _is_reserved(model: type[Model], key: str) -> bool:
    return key in _SET_BY_LOADER.get(model.__name__, ())


class _Mender:
    """Reports and takes out mistake after mistake until the model can be built."""

    def __init__(self, source: Source, model: type[Model], raw: Any, at: Path) -> None:
        self.source, self.model, self.at = source, model, at
        self.raw = copy.deepcopy(raw)
        self.written: dict[Path, str] = {}
        """How a key that was read as another one is written, by its path."""

    def draft(self) -> Any:
        if self.source.is_damaged(self.at):
            return None
        self._take_out_known()
        if not isinstance(self.raw, dict):
            self._say((), "wrong-type", "这里应当是“名字: 值”的形式", _MAPPING)
            return None
        for _ in range(_ROUNDS):
            try:
                return self.model.model_validate(self.raw)
            except ValidationError as error:
                self._round(error.errors(include_url=False))
        return None

    def _take_out_known(self) -> None:
        """Takes out what the reader refused, keys without a value, and keys that only the loader sets."""
        for path in sorted(self.source.damaged, key=str):
            if path[: len(self.at)] == self.at:
                self._take_out(path[len(self.at) :])
        for path in self.source.empty:
            inner = path[len(self.at) :]
            if path[: len(self.at)] == self.at and not _may_be_empty(inner):
                help = f"请写上：{self._meaning(inner)}" if self._meaning(inner) else "请写上值。"
                name = inner[-1] if inner else self.at[-1]
                self._say(inner, "missing-key", f"“{name}”后面没有写内容", f"{help}不需要的，删去这一行。")
                self._take_out(inner)
        for key in [key for key in self.raw if _is_reserved(self.model, key)] if isinstance(self.raw, dict) else []:
            self._say((key,), "unknown-key", f"这里不能写“{key}”", "请删去，程序自己会填。")
            del self.raw[key]

    def _take_out(self, path: Path) -> None:
        """Takes out a value; a condition as a whole, since a part of it says something else."""
        for index, part in enumerate(path):
            if part in ("when", "where", "require"):
                path = path[: index + 1]
                self.source.damaged.add((*self.at, *path))
                break
        self._replace(path)

    def _round(self, errors: list[Any]) -> None:
        """Mends what one validation found; misspelt keys first, since they make others seem missing."""
        found: dict[Path, list[Any]] = {}
        for error in errors:
            found.setdefault(self._path(error), []).append(error)
        unknown = [path for path, each in found.items() if any(e["type"] == "extra_forbidden" for e in each)]
        for path in unknown:
            self._misspelt(path)
        for path in found if not unknown else ():
            self._mistake(path, found[path])

    def _path(self, error: Any) -> Path:
        """The error's location without pydantic's names for the members of unions."""
        path: list[str | int] = []
        here = self.raw
        for index, part in enumerate(error["loc"]):
            last = index == len(error["loc"]) - 1 and error["type"] in ("missing", "extra_forbidden")
            if isinstance(part, int) and isinstance(here, list) and (part < len(here) or last):
                path.append(part)
                here = here[part] if part < len(here) else None
            elif isinstance(part, str) and isinstance(here, dict) and (part in here or last):
                path.append(part)
                here = here.get(part)
        return tuple(path)

    def _misspelt(self, path: Path) -> None:
        parent = self._get(path[:-1])
        name = str(path[-1])
        if not isinstance(parent, dict) or name not in parent:
            return
        if glued := _GLUED.match(name):
            what = (
                ("冒号后面没有空格", "请在冒号后面空一格。")
                if glued[2] == ":"
                else ("这里用了中文冒号", "请改成英文冒号，后面空一格。")
            )
            self._say(path, "yaml", *what, mark=False)
            self.source.damaged.add((*self.at, *path[:-1], glued[1]))
            del parent[name]
            return
        model = self._model_at(path[:-1])
        close = process.extractOne(name, list(KEYS.get(model.__name__, {})), score_cutoff=65)
        if not self.source.is_damaged((*self.at, *path)):
            noun = NOUNS.get(model.__name__, "")
            self._say(path, "unknown-key", f"{noun}里不能写“{name}”", _instead(model, name, close), mark=False)
        value = parent.pop(name)
        if close and close[0] not in parent and (close[1] >= _LIKELY or field_of(model, close[0]).is_required()):
            parent[close[0]] = value
            self.written[(*path[:-1], close[0])] = name
        else:
            self.source.damaged.add((*self.at, *path))

    def _mistake(self, path: Path, errors: list[Any]) -> None:
        error = errors[0]
        kind, given = error["type"], error.get("input")
        if self.source.is_damaged((*self.at, *path)):
            pass
        elif kind == "missing" and path and isinstance(path[-1], str):
            noun = NOUNS.get(self._model_at(path[:-1]).__name__, "")
            self._say(path, "missing-key", f"{noun}缺少“{path[-1]}”", f"请补上 {path[-1]}：{self._meaning(path)}")
        elif kind == "missing":
            self._say(path, "wrong-type", "这里写少了", "要写两项：[一, 二]。")
        elif kind == "literal_error":
            self._literal(path, str(error["ctx"]["expected"]), given)
        elif kind == "value_error":
            self._condition(path, given, str(error["ctx"]["error"]))
        else:
            kinds = {each["type"] for each in errors}
            self._wrong(
                path,
                "decimal_type" if len(kinds) > 1 and any(each.startswith("date") for each in kinds) else kind,
                error,
            )
        self._replace(path)

    def _condition(self, path: Path, given: Any, message: str) -> None:
        inner, found = condition_trouble(given)
        operator = re.match(r"不认识的比较 (\S+?)；", found or "")
        close = process.extractOne(operator[1], OPERATORS, score_cutoff=60) if operator else None
        help = f"是不是想写 {close[0]}？" if close else "写成 {事实: 值}、{事实: [值, 值]} 或者 {事实: {at_least: 3}}。"
        self._say((*path, *inner), "wrong-type", found or message, help)
        self.source.damaged.add((*self.at, *path))

    def _literal(self, path: Path, expected: str, given: Any) -> None:
        allowed = re.findall(r"'([^']*)'", expected)
        close = process.extractOne(str(given), allowed, score_cutoff=60)
        help = (f"是不是想写 {close[0]}？" if close else "") + f"可以写：{'、'.join(allowed)}。"
        self._say(path, "wrong-type", f"“{given}”不在可选的值里", help)

    def _wrong(self, path: Path, kind: str, error: Any) -> None:
        given = error.get("input")
        words, help = _TYPES.get(kind, (f"这里的写法不对（{error['msg']}）", "hall schema 列出了这里可以写什么。"))
        if isinstance(given, str) and "名字" in words and re.match(r"[a-z][\w.\-]*:\S", given):
            words, help = f"“{given}”的冒号后面没有空格", "请在冒号后面空一格。"
        elif isinstance(given, str) and "名字" in words and "：" in given:
            words, help = f"“{given}”用了中文冒号", "请改成英文冒号，后面空一格。"
        elif kind == "string_type" and isinstance(given, int | date) and not isinstance(given, bool):
            help = f'请加引号："{given}"。'
        meaning = self._meaning(path)
        self._say(path, "wrong-type", words, f"{help}{meaning}" if meaning else help)

    def _meaning(self, path: Path) -> str:
        """What the key means, to be put behind the help."""
        names = [part for part in path if isinstance(part, str)]
        if not names:
            return ""
        keyed = path[: len(path) - 1 - path[::-1].index(names[-1])]
        return describe(self._model_at(keyed).__name__, names[-1]) or ""

    def _say(self, path: Path, code: str, message: str, help: str | None, mark: bool = True) -> None:
        place = (*self.at, *path)
        line, column = self.source.place((*self.at, *self._as_written(path)))
        self.source.findings.append(Finding(self.source.file, line, column, "error", code, message, help or None))
        if mark:
            self.source.damaged.add(place)

    def _as_written(self, path: Path) -> Path:
        return tuple(self.written.get(path[: index + 1], part) for index, part in enumerate(path))

    def _get(self, path: Path) -> Any:
        here = self.raw
        for part in path:
            in_list = isinstance(here, list) and isinstance(part, int) and part < len(here)
            if not in_list and not (isinstance(here, dict) and part in here):
                return None
            here = here[part]
        return here

    def _model_at(self, path: Path) -> type[Model]:
        """The model that the value at a path is read as."""
        models: list[type[Model]] = [self.model]
        skip = False
        for index, part in enumerate(path):
            if skip or isinstance(part, int):
                skip = False
                continue
            field = next((f for m in models for f in [field_of(m, part)] if f is not None), None)
            if field is None:
                break
            inner = models_in(field.annotation)
            raw = self._get(path[: index + 2])
            fitting = [each for each in inner if isinstance(raw, dict) and each.__name__ == "Use" and "use" in raw]
            models = fitting or inner or models
            skip = typing.get_origin(field.annotation) is dict
        return models[0]

    def _replace(self, path: Path) -> None:
        """Takes a value out, or puts a harmless one in its place where there must be one."""
        if not path:
            return
        parent, key = self._get(path[:-1]), path[-1]
        if isinstance(parent, dict) and isinstance(key, str):
            field = field_of(self._model_at(path[:-1]), key)
            if field is not None and field.is_required():
                parent[key] = harmless(field.annotation)
            else:
                parent.pop(key, None)
        elif isinstance(parent, list) and isinstance(key, int):
            model = self._model_at(path)
            owner = [part for part in path if isinstance(part, str)]
            field = field_of(self._model_at(path[: path.index(owner[-1])]), owner[-1]) if owner else None
            is_model = field is not None and bool(models_in(field.annotation))
            value = {} if is_model and model is not self.model else ""
            if key < len(parent):
                parent[key] = value
            else:
                parent.append(value)


def _instead(model: type[Model], name: str, close: Any) -> str:
    """What to do about a key that the model doesn't have."""
    noun = NOUNS.get(model.__name__, "")
    homes = [home for home in homes_of(name) if home != noun]
    if close and (close[1] >= _LIKELY or not homes):
        return f"是不是想写 {close[0]}？（{describe(model.__name__, close[0])}）"
    if homes:
        return f"它可以写在{'、'.join(homes[:4])}里：看看这一行的缩进。"
    return f"{noun}里可以写：{'、'.join(KEYS.get(model.__name__, {}))}。"


def _may_be_empty(path: Path) -> bool:
    """An example may say that a question was left out: `answers: {managers: }`."""
    return bool(path) and path[0] == "examples" and bool({"answers", "known", "gives"} & set(path))
