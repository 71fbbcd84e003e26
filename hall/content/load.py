"""Loads a content pack: files → sources → models, each mistake with its line and column.

A file with a mistake is left out and named in the findings; the rest of the pack serves.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from rapidfuzz import process

from hall.content.conditions import All
from hall.content.findings import Finding
from hall.content.models import (
    Authority,
    Fact,
    Form,
    Guide,
    Law,
    Model,
    Pack,
    Part,
    Planned,
    Question,
    Scenario,
    ScenarioTitle,
    Use,
)  # fmt: skip
from hall.content.source import Source, read_source

M = TypeVar("M", bound=Model)
_LISTS = ("questions", "exits", "materials", "steps", "notices", "examples")


class Loader:
    """Collects a pack and its findings from one content root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self.sources: dict[str, Source] = {}

    def load(self) -> Pack:
        """The pack of all files that are sound."""
        parts = {part.id: part for part in self._each(Part, "guides/parts/*.yaml")}
        guides = [self._finish(guide, parts) for guide in self._each(Guide, "guides/*/*.yaml")]
        catalogue = self._data("catalogue")
        return Pack(
            facts=self._facts(),
            parts=parts,
            guides={guide.id: guide for guide in guides},
            scenarios={scenario.id: scenario for scenario in self._each(Scenario, "guides/*/scenario.yaml")},
            forms={form.id: form for form in self._each(Form, "forms/*/*.yaml")},
            laws=self._mapping("laws", Law),
            regions={str(key): str(value) for key, value in (self._data("regions") or {}).items()},
            authorities=self._mapping("authorities", Authority),
            scenario_titles=self._list("scenarios", ScenarioTitle, self._data("scenarios")),
            planned_guides={x.id: x for x in self._list("catalogue", Planned, catalogue, "guides")},
            planned_forms={x.id: x for x in self._list("catalogue", Planned, catalogue, "forms")},
            digest=self._digest(),
        )

    def _each(self, model: type[M], pattern: str) -> Iterator[M]:
        """A model for each sound file; the file's name must be its id."""
        for path in sorted(self.root.glob(pattern)):
            is_scenario = path.name == "scenario.yaml"
            if (path.parent.name == "parts") != (model is Part) or is_scenario != (model is Scenario):
                continue
            source = self._source(path)
            if source.findings and source.data is None:
                continue
            built = self._build(source, model, source.data, ())
            if built is None or source.findings:
                continue
            expected = path.parent.name if is_scenario else path.stem
            if getattr(built, "id", expected) != expected:
                source.error(("id",), "wrong-id", f"id 是“{built.id}”，文件名却是“{expected}”", "两处请写成一样。")  # type: ignore[attr-defined]
                self.findings.append(source.findings[-1])
                continue
            extra = {"file": source.file, "digest": _sha(path.read_bytes())} if isinstance(built, Guide | Form) else {}
            yield built.model_copy(update=extra)

    def _finish(self, guide: Guide, parts: dict[str, Part]) -> Guide:
        """The guide with its parts put in, each element knowing where it was written."""
        used = [(item, parts[item.use]) for item in guide.questions if isinstance(item, Use) and item.use in parts]
        lists: dict[str, Any] = {name: _located(guide.file, name, getattr(guide, name)) for name in _LISTS}
        questions: list[Question | Use] = []
        for item in lists["questions"]:
            if isinstance(item, Use) and item.use in parts:
                located = _located(f"guides/parts/{item.use}.yaml", "questions", parts[item.use].questions)
                questions += _put(located, item)
            else:
                questions.append(item)
        for use, part in used:
            for name in ("exits", "materials", "steps", "notices"):
                located = _located(f"guides/parts/{part.id}.yaml", name, getattr(part, name))
                lists[name] = (*lists[name], *_put(located, use))
        lists["questions"] = tuple(questions)
        lists["materials"] = tuple(m if m.id else m.model_copy(update={"id": m.form or ""}) for m in lists["materials"])
        mistakes = guide.mistakes + tuple(text for _, part in used for text in part.mistakes)
        return guide.model_copy(update={**lists, "mistakes": mistakes, "scenario": guide.file.split("/")[1]})

    def _facts(self) -> dict[str, Fact]:
        facts: dict[str, Fact] = {}
        for path in sorted(self.root.glob("data/facts/*.yaml")):
            source = self._source(path)
            for key, raw in (source.data or {}).items() if isinstance(source.data, dict) else ():
                fact = self._build(source, Fact, raw, (key,))
                if key in facts:
                    source.error((key,), "duplicate-fact", f"事实“{key}”在别的文件里已经有了", "请删去一处。")
                    self.findings.append(source.findings[-1])
                elif fact is not None:
                    fields = {name: each.model_copy(update={"id": name}) for name, each in fact.of.items()}
                    facts[key] = fact.model_copy(update={"id": key, "of": fields})
        return facts

    def _mapping(self, name: str, model: type[M]) -> dict[str, M]:
        data = self._data(name)
        source = self.sources.get(f"data/{name}.yaml")
        if source is None or not isinstance(data, dict):
            return {}
        built = {key: self._build(source, model, raw, (key,)) for key, raw in data.items()}
        return {key: value for key, value in built.items() if value is not None}

    def _list(self, name: str, model: type[M], data: Any, key: str | None = None) -> tuple[M, ...]:
        source = self.sources.get(f"data/{name}.yaml")
        items = (data or {}).get(key) if key and isinstance(data, dict) else data
        if source is None or not isinstance(items, list):
            return ()
        built = (self._build(source, model, raw, ((key,) if key else ()) + (i,)) for i, raw in enumerate(items))
        return tuple(each for each in built if each is not None)

    def _data(self, name: str) -> Any:
        path = self.root / "data" / f"{name}.yaml"
        return self._source(path).data if path.exists() else None

    def _source(self, path: Path) -> Source:
        file = path.relative_to(self.root).as_posix()
        if file not in self.sources:
            try:
                self.sources[file] = read_source(file, path.read_text(encoding="utf-8"))
            except UnicodeDecodeError as error:
                self.sources[file] = Source(file)
                self.sources[file].error(
                    (), "yaml", f"文件不是 UTF-8 编码（第 {error.start} 个字节）", "请另存为 UTF-8。"
                )
            self.findings += self.sources[file].findings
        return self.sources[file]

    def _build(self, source: Source, model: type[M], raw: Any, at: tuple[str | int, ...]) -> M | None:
        """The model of a value, or None and a finding for each mistake in it."""
        try:
            return TypeAdapter(model).validate_python(raw)
        except ValidationError as error:
            found = [_finding(source, model, at, item) for item in error.errors()]
            # A union reports each of its members; the same place is named once.
            unique = {(each.line, each.column, each.code): each for each in reversed(found)}
            source.findings += unique.values()
            self.findings += unique.values()
            return None

    def _digest(self) -> str:
        parts = sorted(f"{path}:{_sha((self.root / path).read_bytes())}" for path in self.sources)
        return _sha("\n".join(parts).encode())


def load_pack(root: Path) -> tuple[Pack, list[Finding]]:
    """The pack under a content root and what is wrong with its files (not: whether they fit together)."""
    loader = Loader(root)
    pack = loader.load()
    return pack, sorted(loader.findings)


def _located(file: str, name: str, items: Any) -> tuple[Any, ...]:
    return tuple(
        item if isinstance(item, Use) else item.model_copy(update={"origin": (file, name, index)})
        for index, item in enumerate(items)
    )


def _put(items: tuple[Any, ...], use: Use) -> tuple[Any, ...]:
    """A part's elements under the condition and in the stage that the guide puts it in."""
    placed = []
    for item in items:
        parts = tuple(each for each in (use.when, item.when) if each is not None)
        when = All(parts) if len(parts) == 2 else next(iter(parts), None)
        placed.append(item.model_copy(update={"stage": item.stage or use.stage, "when": when}))
    return tuple(placed)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _finding(source: Source, model: type[Model], at: tuple[str | int, ...], item: Any) -> Finding:
    """A pydantic error as a finding, in an editor's words."""
    path = (
        *at,
        *(part for part in item["loc"] if isinstance(part, int) or (part[:1].islower() and "-" not in part[:0])),
    )
    line, column = source.place(path)
    name = str(item["loc"][-1]) if item["loc"] else ""
    match item["type"]:
        case "extra_forbidden":
            close = process.extractOne(name, _keys(model), score_cutoff=60)
            help = f"是不是想写 {close[0]}？" if close else "docs/language.md 列出了可以写的名字。"
            return Finding(source.file, line, column, "error", "unknown-key", f"这里不能写“{name}”", help)
        case "missing":
            return Finding(source.file, line, column, "error", "missing-key", f"缺少“{name}”", f"请补上 {name}:。")
        case "literal_error":
            allowed = item["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return Finding(
                source.file,
                line,
                column,
                "error",
                "wrong-type",
                f"“{item['input']}”不在可选的值里",
                f"可以写：{allowed}",
            )
        case "value_error":
            return Finding(source.file, line, column, "error", "wrong-type", str(item["ctx"]["error"]))
    return Finding(source.file, line, column, "error", "wrong-type", f"“{name}”的写法不对（{item['msg']}）", None)


def _keys(model: type[Model]) -> list[str]:
    """Every key of the model and of the models inside it."""
    from hall.content import models

    every = [m for m in vars(models).values() if isinstance(m, type) and issubclass(m, Model)]
    own = [field.alias or name for name, field in model.model_fields.items()]
    return own + [field.alias or name for m in every for name, field in m.model_fields.items()]
