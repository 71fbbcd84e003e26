"""One definition file: its text → its models, each mistake with its line and column."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hall.content.mistakes import build
from hall.content.models import (
    Authority,
    Fact,
    Form,
    Guide,
    Law,
    Model,
    Part,
    Planned,
    Scenario,
    ScenarioTitle,
)  # fmt: skip
from hall.content.source import Path, Source, read_source

MODELS: dict[str, type[Model]] = {
    "guide": Guide, "part": Part, "scenario": Scenario, "form": Form, "facts": Fact, "laws": Law,
    "authorities": Authority, "scenarios": ScenarioTitle, "catalogue": Planned,
}  # fmt: skip
"""What a kind of file is read as; `facts`, `laws` and the like hold many."""


@dataclass
class Built:
    """What one file gives, by id."""

    source: Source
    kind: str
    sha: str
    sound: dict[str, Any] = field(default_factory=dict)
    """What is served."""
    drafts: dict[str, Any] = field(default_factory=dict)
    """What can be proved: what is served, and what is left of things with mistakes."""
    names: set[str] = field(default_factory=set)
    """Every id that the file has, whatever is wrong with it: to name it is no mistake."""


def kind_of(file: str) -> str | None:
    """What a file of the content root holds, by its path; None when it is none of the pack's."""
    folder, _, rest = file.partition("/")
    parts = rest.split("/")
    if folder == "guides" and len(parts) == 2:
        return "part" if parts[0] == "parts" else "scenario" if parts[1] == "scenario.yaml" else "guide"
    if folder == "forms" and len(parts) == 2:
        return "form"
    if folder == "data" and len(parts) == 2 and parts[0] == "facts":
        return "facts"
    name = rest.removesuffix(".yaml")
    return name if folder == "data" and name in ("laws", "regions", "authorities", "scenarios", "catalogue") else None


def build_file(file: str, content: bytes, before: Built | None = None) -> Built:
    """The models of a file's content. `before`: what it gave last time; facts that are equal stay the same objects."""
    kind = kind_of(file) or ""
    try:
        source = read_source(file, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        source = Source(file)
        source.error((), "yaml", f"文件不是 UTF-8 编码（第 {error.start + 1} 个字节读不懂）", "请另存为 UTF-8。")
        source.damaged.add(())
    built = Built(source, kind, hashlib.sha256(content).hexdigest())
    if kind in ("guide", "part", "scenario", "form"):
        _one(built)
    elif kind in ("scenarios", "catalogue"):
        _lists(built)
    else:
        _many(built, before.sound if before else {})
    return built


def _one(built: Built) -> None:
    """A file that is one thing; its name must be its id."""
    source, file = built.source, built.source.file
    expected = file.split("/")[-2] if built.kind == "scenario" else file.rpartition("/")[2].removesuffix(".yaml")
    built.names = {expected}
    if source.data is None and not source.findings:
        source.error((), "missing-key", "文件是空的", "写上内容，或者删去文件；`hall new` 可以写出一个样子。")
    if source.data is None:
        return
    sound, draft = build(source, MODELS[built.kind], source.data, ())
    given = getattr(draft, "id", expected)
    if given != expected and not source.is_damaged(("id",)):
        source.error(("id",), "wrong-id", f"id 是“{given}”，文件名却是“{expected}”", "两处请写成一样。")
        sound = None
    more: dict[str, Any] = {"id": expected}
    if built.kind in ("guide", "form"):
        more |= {"file": file, "digest": built.sha}
    if draft is not None:
        built.drafts[expected] = draft.model_copy(update=more)
    if sound is not None and not source.findings:
        built.sound[expected] = built.drafts[expected]


def _many(built: Built, before: Mapping[str, Any]) -> None:
    """A mapping of id to thing: facts, laws, authorities, regions."""
    source = built.source
    built.names = {str(path[0]) for path in source.damaged if len(path) == 1}
    if source.data is not None and not isinstance(source.data, dict):
        source.error((), "wrong-type", "这个文件应当是“id: 内容”的形式", "每一项以 id 和冒号开头。")
        return
    for key, raw in (source.data or {}).items():
        built.names.add(key)
        thing = str(raw) if built.kind == "regions" else _entry(built, raw, (key,))
        if isinstance(thing, Fact):
            thing = _named(thing, key)
        if thing is not None:
            built.sound[key] = before[key] if before.get(key) == thing else thing
    built.drafts = built.sound


def _named(fact: Fact, key: str) -> Fact:
    """The fact with its id, its fields with theirs."""
    if not fact.of:
        return fact.model_copy(update={"id": key})
    fields = {name: each.model_copy(update={"id": name}) for name, each in fact.of.items()}
    return fact.model_copy(update={"id": key, "of": fields})


def _lists(built: Built) -> None:
    """A list of things, or several under their keys; the ids are those of all of them."""
    data = built.source.data
    lists: list[tuple[Path, Any]] = [((), data)]
    if built.kind == "catalogue":
        lists = [((key,), data.get(key)) for key in ("guides", "forms")] if isinstance(data, dict) else []
    for at, items in lists:
        for index, raw in enumerate(items if isinstance(items, list) else []):
            thing = _entry(built, raw, (*at, index))
            if thing is not None:
                built.sound["/".join([*map(str, at), thing.id])] = thing
    built.drafts = built.sound
    built.names = set(built.sound)


def _entry(built: Built, raw: Any, at: Path) -> Any:
    return build(built.source, MODELS[built.kind], raw, at)[0]
