"""Values as they stand on paper: boxes, capital numerals, lines to be filled in by hand."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import cn2an

from hall.content.models import Fact
from hall.content.values import show
from hall.documents.blocks import CHECKED, UNCHECKED, UNKNOWN, Words
from hall.journey.answers import REGISTERED
from hall.journey.forms import PLACEHOLDER
from hall.journey.known import Known

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_OPEN_EMBEDDING, _OPEN_ISOLATE = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_CLOSE_EMBEDDING, _CLOSE_ISOLATE = "\u202c", "\u2069"
_YES_NO = {True: "是", False: "否"}
_MOST_BOXES = 12
_EMPTY = {"date": "　　　年　　月　　日", "year": "　　　　年"}
CAPITALS = "capital-numerals"


def printed(fact: Fact, value: Any, how: str | None = None) -> str:
    """The value as printed; without a value, what helps to fill it in by hand."""
    if how == "boxes" and fact.kind in ("choice", "choices", "yes-no"):
        return boxes(fact, value)
    if value is None or value == () or value == "":
        return _to_fill_in(fact)
    if how == CAPITALS and fact.kind in ("money", "integer"):
        return f"{capitals(fact, value)}（{show(fact, value)}）"
    return contained(clean(show(fact, value)))


def boxes(fact: Fact, value: Any) -> str:
    """All options, the chosen ones ticked: ☑ 开业　☐ 歇业."""
    if fact.kind == "yes-no":
        return "　".join(f"{_box(value is yes)} {title}" for yes, title in _YES_NO.items())
    chosen = value if isinstance(value, tuple) else (value,)
    return "　".join(f"{_box(key in chosen)} {clean(option.title)}" for key, option in fact.options.items())


def capitals(fact: Fact, value: Decimal | int) -> str:
    """An amount in capital numerals, in yuan: 壹佰万元整 for 100 (万元); a count as 叁."""
    try:
        if fact.kind == "integer":
            return str(cn2an.an2cn(str(value), "up"))
        unit = fact.unit or "万元"
        amount = Decimal(value) * 10_000 if unit.startswith("万") else Decimal(value)
        return str(cn2an.an2cn(format(amount, "f"), "rmb")).replace("元", unit.removeprefix("万"))
    except ValueError:  # more digits than capital numerals have names for
        return show(fact, value)


def lookup_fact(facts: Mapping[str, Fact], fact_id: str) -> Fact | None:
    """The fact of an id, of `registered.<fact>`, or of a group's field."""
    plain = fact_id.removeprefix(REGISTERED)
    group, _, name = plain.rpartition(".")
    return facts.get(plain) or (facts[group].of.get(name) if group in facts else None)


def fill_in(text: str, known: Known, group: str | None = None, row: Mapping[str, Any] | None = None) -> Words:
    """The text with its facts; unknown ones are lines. In a row, `{field}` and `{group.field}` are the row's."""
    return Words.of(_parts(text, known, group, row))


def _parts(text: str, known: Known, group: str | None, row: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """The pieces of a text and which fact each is; a row's field has no id of its own here."""
    fields = known.facts[group].of if group and group in known.facts else {}
    end = 0
    for match in PLACEHOLDER.finditer(text):
        yield clean(text[end : match.start()]), ""
        end = match.end()
        fact_id, how = match[1], match[2]
        name = fact_id.removeprefix(f"{group}.")
        if row is not None and name == "number":
            yield str(row.get("number") or UNKNOWN), ""
        elif row is not None and name in fields:
            yield _in_text(fields[name], row.get(name), how), ""
        else:
            fact = lookup_fact(known.facts, fact_id)
            yield (UNKNOWN, "") if fact is None else (_in_text(fact, known(fact_id), how), fact_id)
    yield clean(text[end:]), ""


def clean(text: str) -> str:
    """The text without characters that XML can't hold."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def contained(text: str) -> str:
    """The text with its writing-direction marks closed, so that it can't turn round what is printed behind it."""
    if text.isascii():
        return text
    open_marks: list[str] = []
    for char in text:
        if char in _OPEN_EMBEDDING:
            open_marks.append(_CLOSE_EMBEDDING)
        elif char in _OPEN_ISOLATE:
            open_marks.append(_CLOSE_ISOLATE)
        elif char == "\n":
            open_marks.clear()
        elif open_marks and char == open_marks[-1]:
            open_marks.pop()
    return text + "".join(reversed(open_marks))


def _in_text(fact: Fact, value: Any, how: str | None) -> str:
    if isinstance(value, tuple) and fact.kind not in ("group", "choices"):
        return "、".join(_in_text(fact, each, how) for each in value if each is not None) or UNKNOWN
    if how == "boxes":
        return printed(fact, value, how)
    if value is None or value in ((), ""):
        return UNKNOWN
    return capitals(fact, value) if how == CAPITALS else contained(clean(show(fact, value)))


def _to_fill_in(fact: Fact) -> str:
    """Boxes for a choice, the unit of an amount, 年月日 of a date."""
    if fact.kind == "yes-no" or (fact.kind in ("choice", "choices") and len(fact.options) <= _MOST_BOXES):
        return boxes(fact, None)
    unit = fact.unit or ("万元" if fact.kind == "money" else "")
    if fact.kind in ("money", "integer") and unit:
        return f"　　　　{unit}"
    return _EMPTY.get(fact.kind, "")


def _box(ticked: bool) -> str:
    return CHECKED if ticked else UNCHECKED
