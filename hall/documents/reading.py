"""A filled form read back from DOCX, and what was changed in it by hand.

The document carries the data that it was printed from. The form is laid out anew from that data; what differs from it
in the file is what a person changed. Cells are found by their neighbours' words, so rows may have been added, moved or
removed. Nothing is taken silently: every change is named, and what can't be read is refused with its reason.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hall.content.conditions import All, Test
from hall.content.errors import AnswerError, HallError
from hall.content.models import Fact, Form
from hall.content.values import to_json
from hall.documents.aligning import Match, align_tables, align_words
from hall.documents.blocks import Source
from hall.documents.cells import AFTER, BEFORE, PUBLISHED, UNCHANGED
from hall.documents.docx import COMPUTED, keyed_document
from hall.documents.docx_text import CellText, Words, parse, read_parts
from hall.documents.layout import layout_of
from hall.documents.unprinted import read_value, squeezed, without_caption
from hall.documents.visibility import NOT_PUBLIC, PUBLIC
from hall.journey.answers import REGISTERED, parse_answers
from hall.journey.publicity import PUBLISH


@dataclass(frozen=True)
class Change:
    """Something that was changed by hand: a fact (or "" for printed words), before and after as printed."""

    fact: str
    title: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.title}：{self.before or '（空）'} → {self.after or '（空）'}"


@dataclass(frozen=True)
class Reading:
    """What was read: the form, its data (JSON, as `fill` takes it), what was changed, what can't be read."""

    form: str
    data: dict[str, Any]
    changes: tuple[Change, ...]
    problems: tuple[tuple[str, str], ...]
    """(fact, message): values that were changed to something that isn't accepted; the data has the old value."""


def read_form(content: bytes, forms: Mapping[str, Form], facts: Mapping[str, Fact], form_id: str = "") -> Reading:
    """The data of a filled form; HallError when the file isn't one of our forms.

    `form_id` says which form it is where the file has lost what it carried; it is then read as a blank form filled in.
    """
    actual, source = read_parts(content)
    if source is None and form_id:
        source = Source(form_id, "", "{}", blank=True)
    if source is None:
        raise HallError("文件里没有表格的标记：不是本网站出的表格，或者另存时丢了。可以指明是哪张表格再读。")
    form = forms.get(form_id or source.form)
    if form is None:
        raise HallError(f"没有表格“{form_id or source.form}”，读不了这个文件。")
    try:
        values = parse_answers(facts, json.loads(source.data))
    except AnswerError:  # carried rows may lack what isn't printed: read field by field
        values = _loose(facts, json.loads(source.data))
    layout = layout_of(form, facts, values, blank=source.blank, publish=source.publish)
    expected = parse(keyed_document(layout).encode())
    reader = _Reader(form, facts, values, set(source.publish))
    for match in align_tables(expected.tables, actual.tables):
        reader.row(match)
    reader.words(expected.paragraphs, actual.paragraphs)
    return reader.result(form.id)


def _loose(facts: Mapping[str, Fact], data: Mapping[str, Any]) -> dict[str, Any]:
    """Values read field by field; what isn't accepted any more is left out."""
    values: dict[str, Any] = {}
    for fact_id, raw in data.items():
        fact = facts.get(fact_id.removeprefix(REGISTERED))
        if fact is None:
            continue
        if fact.kind == "group" and isinstance(raw, list):
            values[fact_id] = tuple(_loose(fact.of, row) for row in raw if isinstance(row, Mapping))
            continue
        try:
            values[fact_id] = parse_answers(facts, {fact_id: raw})[fact_id]
        except AnswerError:
            continue
    return values


@dataclass
class _Reader:
    """Collects what differs between what was printed and what is there."""

    form: Form
    facts: Mapping[str, Fact]
    values: dict[str, Any]
    publish: set[str]
    changes: list[Change] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    new: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """Facts that were changed: what is there now, as text and as value."""
    rows: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    added: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    gone: dict[str, set[int]] = field(default_factory=dict)

    def row(self, match: Match) -> None:
        """One row of a table: matched, added or removed."""
        if match.actual is None:
            self._removed(match.expected or [])
        elif match.expected is None:
            self._added(match)
        else:
            for expected, actual in zip(match.expected, match.actual, strict=True):
                self._cell(expected, actual)

    def words(self, expected: list[Words], actual: list[Words]) -> None:
        """Paragraphs: values in them are read where the printed words around them still stand."""
        for before, after in align_words(expected, actual):
            found = _pieces(before, after) if before and after else None
            if before and after and found is not None:
                for key, old, text in found:
                    self._text_value(key, old, text)
            elif squeezed(before.text if before else "") != squeezed(after.text if after else ""):
                self._printed(before.text if before else "", after.text if after else "")

    def result(self, form_id: str) -> Reading:
        """The data with what was changed."""
        values = {**self.values, **{key: value for key, (_, value) in self.new.items()}}
        for group in {*self.rows, *self.added, *self.gone}:
            kept = [
                {**row, **self.rows.get(group, {}).get(index, {})}
                for index, row in enumerate(values.get(group) or ())
                if index not in self.gone.get(group, ())
            ]
            given = [
                row for index, row in sorted(self.rows.get(group, {}).items()) if index >= len(values.get(group) or ())
            ]
            every = [*kept, *given, *self.added.get(group, [])]
            values[group] = tuple({name: each for name, each in row.items() if each is not None} for row in every)
        data = {key: to_json(value) for key, value in values.items() if value is not None}
        if self.publish:
            data[PUBLISH] = sorted(self.publish)
        return Reading(form_id, data, tuple(self.changes), tuple(self.problems))

    def _cell(self, expected: CellText, actual: CellText) -> None:
        captions = (BEFORE, AFTER)
        before = without_caption([each.text for each in expected.paragraphs], captions)
        after = without_caption([each.text for each in actual.paragraphs], captions)
        if expected.key == COMPUTED or _same(before, after):
            return
        if expected.key.startswith(PUBLISHED):
            self._publish(expected.key.removeprefix(PUBLISHED), before, after)
        elif not expected.key:
            self.words(expected.paragraphs, actual.paragraphs)
        elif expected.key in self.facts:
            self._value(expected.key, before, after)
        else:
            self._field(expected.key, before, after)

    def _value(self, fact_id: str, before: str, after: str) -> None:
        """A fact's cell. The same fact may stand in several places; they must agree on what is new."""
        fact = self.facts[fact_id]
        try:
            registered = self.values.get(REGISTERED + fact_id)
            value = registered if squeezed(after) == UNCHANGED else read_value(fact, after)
        except AnswerError as error:
            self.problems.append((fact_id, str(error)))
            return
        if value == self.values.get(fact_id):
            return
        known = self.new.get(fact_id)
        if known is not None and known[1] != value:
            self.problems.append((fact_id, f"“{fact.title}”在两处改得不一样：{known[0]}；{after}。请改成一样。"))
        elif known is None:
            self.new[fact_id] = (after, value)
            self.changes.append(Change(fact_id, fact.title, before, after))

    def _text_value(self, fact_id: str, before: str, after: str) -> None:
        """A fact in a paragraph: in capital numerals or as it is shown."""
        if fact_id in self.facts and self.facts[fact_id].derived is None and self.facts[fact_id].kind != "group":
            self._value(fact_id, before, after)
        else:
            self._printed(before, after)

    def _field(self, key: str, before: str, after: str) -> None:
        group, number, name = _split(key)
        fact = self.facts[group].of[name]
        try:
            value = read_value(fact, after)
        except AnswerError as error:
            self.problems.append((f"{group}.{number}.{name}", str(error)))
            return
        index = number - 1 if number else 0
        rows = self.values.get(group) or ()
        if index < len(rows) and rows[index].get(name) == value:
            return
        self.rows.setdefault(group, {}).setdefault(index, {})[name] = value
        where = f"{self.facts[group].title}第 {index + 1} 行的{fact.title}"
        self.changes.append(Change(f"{group}.{index + 1}.{name}", where, before, after))

    def _added(self, match: Match) -> None:
        """A row that wasn't printed: one more of the group it stands in, or words."""
        cells = match.actual or []
        texts = [cell.text for cell in cells]
        if not any(squeezed(text) for text in texts):
            return
        keys = match.pattern
        if len(keys) != len(cells) or not any(keys):
            self._printed("", "　".join(text for text in texts if text))
            return
        group = next(_split(key)[0] for key in keys if key not in ("", COMPUTED))
        row: dict[str, Any] = self._implied(group, keys)
        for key, text in zip(keys, texts, strict=True):
            if key not in ("", COMPUTED):
                name = _split(key)[2]
                try:
                    row[name] = read_value(self.facts[group].of[name], text)
                except AnswerError as error:
                    self.problems.append((f"{group}.{name}", f"{self.facts[group].title}加的一行：{error}"))
        self.added.setdefault(group, []).append(row)
        shown = "　".join(text for text in texts if text)
        self.changes.append(Change(group, f"{self.facts[group].title}加了一行", "", shown))

    def _implied(self, group: str, keys: Iterable[str]) -> dict[str, Any]:
        """What a row is by the section that it stands in: `where: {kind: person}`."""
        names = {_split(key)[2] for key in keys if key not in ("", COMPUTED)}
        for section in self.form.sections:
            if section.repeat == group and names <= {column.field for column in section.columns}:
                return _equalities(section.where)
        return {}

    def _removed(self, cells: list[CellText]) -> None:
        keys = [cell.key for cell in cells if cell.key not in ("", COMPUTED)]
        if not keys or not any(squeezed(cell.text) for cell in cells):
            if any(squeezed(cell.text) for cell in cells):
                self._printed("　".join(cell.text for cell in cells if cell.text), "")
            return
        text = "　".join(cell.text for cell in cells if cell.text)
        if all(re.fullmatch(r".*\.\d+\.[^.]+", key) for key in keys):
            group, number, _ = _split(keys[0])
            if 0 < number <= len(self.values.get(group) or ()):
                self.gone.setdefault(group, set()).add(number - 1)
                self.changes.append(Change(group, f"{self.facts[group].title}删了一行", text, ""))
            return
        self._printed(text, "")

    def _publish(self, fact_id: str, before: str, after: str) -> None:
        shown = squeezed(after)
        ticked = re.findall(rf"[☑☒■√✓✔]({NOT_PUBLIC}|{PUBLIC})", shown)
        chosen = ticked[0] if len(ticked) == 1 else shown
        if chosen not in (PUBLIC, NOT_PUBLIC):
            if ticked or shown not in ("", squeezed(before)):
                self.problems.append((fact_id, f"“{self.facts[fact_id].title}”是否公示没有看懂：{after}"))
            return
        if (chosen == PUBLIC) != (fact_id in self.publish):
            self.publish ^= {fact_id}
            title = f"{self.facts[fact_id].title}是否公示"
            self.changes.append(Change(fact_id, title, before, chosen))

    def _printed(self, before: str, after: str) -> None:
        self.changes.append(Change("", "表格上印的字", before, after))


def _same(before: str, after: str) -> bool:
    """Whether nothing was changed. Word and others keep white space inside, not always at the end of a line."""
    return before == after or before.rstrip() == after.rstrip()


def _split(key: str) -> tuple[str, int, str]:
    """Group, number of the row (from 1; 0: the group is empty), field."""
    group, number, name = key.rsplit(".", 2)
    return group, int(number), name


def _pieces(before: Words, after: Words) -> list[tuple[str, str, str]] | None:
    """(fact, before, after) for each value of a paragraph; None when the words around them were changed."""
    if not before.parts:
        return None
    pattern = "".join(r"(.*?)" if key else _literal(text) for text, key in before.parts)
    match = re.fullmatch(pattern + r"\s*", after.text, re.DOTALL)
    if match is None:
        return None
    valued = [(key, text) for text, key in before.parts if key]
    found = zip(valued, match.groups(), strict=True)
    return [(key, old, new) for (key, old), new in found if not _same(old, new)]


def _literal(text: str) -> str:
    """Printed words, whatever became of their white space."""
    return r"\s*".join(re.escape(part) for part in re.split(r"\s+", text))


def _equalities(where: Any) -> dict[str, Any]:
    """The fields that a condition sets to one value."""
    tests = where.parts if isinstance(where, All) else (where,)
    return {each.fact: each.value for each in tests if isinstance(each, Test) and each.operator == "is"}
