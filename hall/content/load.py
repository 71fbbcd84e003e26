"""Loads a content pack: files → models, each mistake with its line and column.

A file with a mistake is left out and named in the findings; the rest of the pack serves. A loader that
is kept reads only what changed.
"""

import gc
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from hall.content.conditions import All
from hall.content.files import Built, build_file, kind_of
from hall.content.findings import Finding
from hall.content.models import Fact, Guide, Pack, Part, Question, Use
from hall.content.source import Source

_LISTS = ("questions", "exits", "materials", "steps", "notices", "examples")
_FOLDERS = ("guides", "forms", "data")


class Loader:
    """Collects a pack and its findings from one content root.

    `overlay` has texts, by file, that are read instead of what is on disk: what somebody is typing.
    """

    def __init__(self, root: Path, overlay: Mapping[str, str] | None = None) -> None:
        self.root = root
        self.overlay = dict(overlay or {})
        self.findings: list[Finding] = []
        self.built: dict[str, Built] = {}
        self.sources: dict[str, Source] = {}
        self.draft = Pack()
        """The pack with what is left of definitions that have mistakes: to be proved, not to be served."""
        self._stamps: dict[str, object] = {}
        self._finished: dict[str, tuple[Guide, tuple[Part, ...], Guide]] = {}

    def load(self) -> Pack:
        """The pack of all that is sound; reads the files that changed since the last time."""
        with collecting_nothing() if not self.built else nullcontext():
            return self._load()

    def _load(self) -> Pack:
        self._read()
        self.sources = {file: built.source for file, built in self.built.items()}
        self.findings = [finding for built in self.built.values() for finding in built.source.findings]
        facts = self._facts()
        pack = self._pack("sound", facts)
        whole = all(built.sound.keys() == built.drafts.keys() for built in self.built.values())
        self.draft = pack if whole else self._pack("drafts", facts)
        return pack

    def names(self, kind: str) -> set[str]:
        """Every id in the files of a kind, whatever is wrong with them."""
        return {name for built in self.built.values() if built.kind == kind for name in built.names}

    def has_changed(self) -> bool:
        """Whether some file is another one than when it was read."""
        return dict(self._scan()) != self._stamps

    def _read(self) -> None:
        found = dict(self._scan())  # what is being typed comes last and counts
        stamps = {file: found[file] for file in sorted(found)}
        for file in self.built.keys() - stamps.keys():
            del self.built[file], self._stamps[file]
        for file, stamp in stamps.items():
            if self._stamps.get(file) != stamp:
                content = self.overlay[file].encode() if file in self.overlay else (self.root / file).read_bytes()
                self.built[file] = build_file(file, content, self.built.get(file))
                self._stamps[file] = stamp
        self.built = {file: self.built[file] for file in stamps}

    def _scan(self) -> Iterator[tuple[str, object]]:
        """Each file of the pack, with what changes when it does."""
        for folder in _FOLDERS:
            yield from _files(self.root / folder, folder)
        yield from ((file, text) for file, text in self.overlay.items() if kind_of(file))

    def _pack(self, which: str, facts: dict[str, Fact]) -> Pack:
        things: dict[str, dict[str, Any]] = {}
        for built in self.built.values():
            things.setdefault(built.kind, {}).update(getattr(built, which))
        parts = things.get("part", {})
        planned = things.get("catalogue", {})
        return Pack(
            facts=facts,
            parts=parts,
            guides={name: self._whole(guide, parts) for name, guide in things.get("guide", {}).items()},
            scenarios=things.get("scenario", {}),
            forms=things.get("form", {}),
            laws=things.get("laws", {}),
            regions=things.get("regions", {}),
            authorities=things.get("authorities", {}),
            scenario_titles=tuple(things.get("scenarios", {}).values()),
            planned_guides={each.id: each for key, each in planned.items() if key.startswith("guides/")},
            planned_forms={each.id: each for key, each in planned.items() if key.startswith("forms/")},
            digest=_sha("\n".join(f"{file}:{built.sha}" for file, built in self.built.items())),
        )

    def _facts(self) -> dict[str, Fact]:
        """All facts; one that is defined twice counts as its first file has it."""
        facts: dict[str, Fact] = {}
        homes: dict[str, str] = {}
        for file, built in self.built.items():
            for key, fact in built.sound.items() if built.kind == "facts" else ():
                if key in facts:
                    place = built.source.place((key,))
                    message = f"事实“{key}”在 {homes[key]} 里已经有了"
                    self.findings.append(
                        Finding(file, *place, "error", "duplicate-fact", message, "删去一处，或者换一个 id。")
                    )
                else:
                    facts[key], homes[key] = fact, file
        return facts

    def _whole(self, guide: Guide, parts: Mapping[str, Part]) -> Guide:
        """The guide with its parts put in; made again only when one of them changed."""
        used = tuple(parts[q.use] for q in guide.questions if isinstance(q, Use) and q.use in parts)
        before = self._finished.get(guide.file)
        if before is None or before[0] is not guide or any(a is not b for a, b in zip(before[1], used, strict=False)):
            shas = [self.built[f"guides/parts/{part.id}.yaml"].sha for part in used]
            digest = _sha("\n".join([guide.digest, *shas])) if shas else guide.digest
            before = (guide, used, _finish(guide, parts).model_copy(update={"digest": digest}))
            self._finished[guide.file] = before
        return before[2]


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """Without the garbage collector: nothing is thrown away while a pack is read, and looking for it takes long.

    What was made meanwhile is frozen, so that it isn't looked through afterwards either; without cycles, it is
    freed all the same when nobody holds it.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.freeze()
            gc.enable()


def load_pack(root: Path) -> tuple[Pack, list[Finding]]:
    """The pack under a content root and what is wrong with its files (not: whether they fit together)."""
    loader = Loader(root)
    pack = loader.load()
    return pack, sorted(loader.findings, key=str)


def _files(folder: Path, name: str) -> Iterator[tuple[str, object]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{name}/{entry.name}"
            if entry.is_dir():
                yield from _files(folder / entry.name, path)
            elif entry.name.endswith(".yaml") and kind_of(path):
                stat = entry.stat()
                yield path, (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)


def _finish(guide: Guide, parts: Mapping[str, Part]) -> Guide:
    """The guide with its parts put in, each element knowing where it was written."""
    lists: dict[str, Any] = {name: _located(guide.file, name, getattr(guide, name)) for name in _LISTS}
    questions: list[Question | Use] = []
    for item in lists["questions"]:
        if not (isinstance(item, Use) and item.use in parts):
            questions.append(item)
            continue
        part = parts[item.use]
        for name in ("questions", "exits", "materials", "steps", "notices"):
            placed = _put(_located(f"guides/parts/{part.id}.yaml", name, getattr(part, name)), item)
            if name == "questions":
                questions += placed
            else:
                lists[name] = (*lists[name], *placed)
    used = [parts[item.use] for item in lists["questions"] if isinstance(item, Use) and item.use in parts]
    lists["questions"] = tuple(questions)
    lists["materials"] = tuple(m if m.id else m.model_copy(update={"id": m.form or ""}) for m in lists["materials"])
    mistakes = guide.mistakes + tuple(text for part in used for text in part.mistakes)
    return guide.model_copy(update={**lists, "mistakes": mistakes, "scenario": guide.file.split("/")[1]})


def _located(file: str, name: str, items: Any) -> tuple[Any, ...]:
    return tuple(item.model_copy(update={"origin": (file, name, index)}) for index, item in enumerate(items))


def _put(items: tuple[Any, ...], use: Use) -> tuple[Any, ...]:
    """A part's elements under the condition and in the stage that the guide puts it in."""
    placed = []
    for item in items:
        parts = tuple(each for each in (use.when, item.when) if each is not None)
        when = All(parts) if len(parts) == 2 else next(iter(parts), None)
        update = {"stage": item.stage or use.stage, "when": when, "put": use.origin}
        placed.append(item.model_copy(update=update))
    return tuple(placed)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
