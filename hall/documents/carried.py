"""What a filled form carries inside, so that it can be read back: the values that it was printed from."""

import json
from collections.abc import Mapping
from typing import Any

from hall.content.models import Fact, Form
from hall.content.values import to_json
from hall.documents.blocks import Source
from hall.journey.forms import fields_of
from hall.journey.known import Known


class Row(dict[str, Any]):
    """A group's row that notes which of its fields are looked at, and where in the group it stands."""

    def __init__(self, values: Mapping[str, Any], index: int, seen: set[str]) -> None:
        super().__init__(values)
        self.index = index
        self.seen = seen

    def get(self, name: str, default: Any = None) -> Any:
        self.seen.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)


class Carried(Known):
    """Known values that note which of them a form prints or decides by."""

    def __init__(self, facts: Mapping[str, Fact], values: Mapping[str, Any]) -> None:
        self.seen: set[str] = set()
        self.fields: dict[str, set[str]] = {}
        super().__init__(facts, {key: self._noting(key, value) for key, value in values.items()})

    def __call__(self, fact_id: str) -> Any:
        """The fact's value, noted when it was given."""
        group, _, name = fact_id.rpartition(".")
        if fact_id in self.values:
            self.seen.add(fact_id)
        elif group in self.fields:
            self.seen.add(group)
            self.fields[group].add(name)
        return super().__call__(fact_id)

    def source(self, form: Form, blank: bool, publish: tuple[str, ...]) -> Source:
        """What the document carries: what the form asks or looked at, less what is sensitive, spare and not printed here."""
        asked = {each.fact for each in fields_of(form, Known(self.facts, self.values))}
        keys = sorted(self.seen | (asked & self.values.keys()))
        data = {key: to_json(self._shown(key, self.values[key])) for key in keys}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return Source(form.id, form.digest, text, blank, publish)

    def _noting(self, key: str, value: Any) -> Any:
        if not isinstance(value, tuple) or not value or not isinstance(value[0], Mapping):
            return value
        seen = self.fields.setdefault(key, set())
        return tuple(Row(row, index, seen) for index, row in enumerate(value))

    def _shown(self, key: str, value: Any) -> Any:
        if key not in self.fields or key not in self.facts:
            return value
        fields = self.facts[key].of
        # what a row can't do without is kept, else it couldn't be taken in again
        spare = {name for name, field in fields.items() if field.sensitive and (field.on_form or not field.required)}
        hidden = spare - self.fields[key]
        return tuple({name: each for name, each in row.items() if name not in hidden} for row in value)
