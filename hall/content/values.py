"""Values of facts: read from what people type, shown on paper, kept as JSON.

In memory a value is str, int, Decimal (money, in 万元), date, bool, a tuple of str (choices) or a tuple
of dict (the rows of a group). `parse` raises AnswerError and never guesses; `to_json`/`parse` round-trip.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from hall.content.conditions import holds
from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.numbers import read_person_number, read_uscc

MONEY_PLACES = 6
_FIRST_YEAR, _LAST_YEAR = 1800, 2200  # what a person can mean
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YES_NO = {"是": True, "否": False, "true": True, "false": False}


def parse(fact: Fact, raw: Any) -> Any:
    """The value that is meant; AnswerError says in Chinese what is wrong and what to do."""
    try:
        value = _PARSERS[fact.kind](fact, raw)
        _check_bounds(fact, value)
        return value
    except AnswerError:
        raise
    except ValueError as error:
        raise AnswerError(fact.id, str(error)) from error


def reading(fact: Fact, raw: Any, value: Any) -> str | None:
    """What was read differently from what was typed, to be told to the person; None when nothing."""
    if fact.kind == "uscc" and isinstance(raw, str) and re.sub(r"[\s-]", "", raw).upper() != value:
        return f"已按 {value} 读取：代码里没有字母 I 和 O，按数字 1 和 0 处理。"
    return None


def show(fact: Fact, value: Any) -> str:
    """The value as it is printed: 2026年5月1日, 100万元, an option's title, 是 or 否."""
    if value is None:
        return ""
    match fact.kind:
        case "money":
            return f"{plain_number(value)}{fact.unit or '万元'}"
        case "integer":
            return f"{value}{fact.unit or ''}"
        case "year":
            return f"{value}年"
        case "date":
            return f"{value.year}年{value.month}月{value.day}日"
        case "yes-no":
            return "是" if value else "否"
        case "choice":
            return fact.options[value].title if value in fact.options else str(value)
        case "choices":
            return "、".join(fact.options[each].title for each in value)
        case "group":
            return "、".join(str(row.get("name", "")) for row in value)
    return str(value)


def plain_number(value: Decimal | int) -> str:
    """An amount without exponent or needless zeros."""
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_json(value: Any) -> Any:
    """The value as JSON: amounts as text, dates as ISO text."""
    match value:
        case Decimal():
            return plain_number(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {key: to_json(each) for key, each in value.items()}
        case tuple() | list():
            return [to_json(each) for each in value]
    return value


def from_json(fact: Fact, data: Any) -> Any:
    """The value of what `to_json` gave."""
    return None if data is None else parse(fact, data)


def _text(fact: Fact, raw: Any) -> str:
    text = str(raw) if isinstance(raw, int | Decimal) and not isinstance(raw, bool) else raw
    if not isinstance(text, str):
        raise ValueError(f"“{fact.title}”要填文字。")
    allowed = "\n\t" if fact.kind == "paragraph" else ""
    text = text.replace("\r\n", "\n") if fact.kind == "paragraph" else text
    if bad := next((c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed), None):
        raise ValueError(f"“{fact.title}”里有看不见的控制字符（U+{ord(bad):04X}），请删去后重填。")
    if not text.strip():
        raise ValueError(f"请填写“{fact.title}”。")
    if fact.max_length and len(text) > fact.max_length:
        raise ValueError(f"“{fact.title}”最多 {fact.max_length} 个字，您填了 {len(text)} 个。")
    if fact.pattern and not re.fullmatch(fact.pattern, text):
        raise ValueError(fact.pattern_says or f"“{fact.title}”的写法不对。")
    return text


def _number(fact: Fact, raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise ValueError(f"“{fact.title}”要填数字。")
    text = unicodedata.normalize("NFKC", str(raw)).strip().replace(",", "")
    text = text.removesuffix(fact.unit or "万元").strip()
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"“{fact.title}”要填数字，您填的是“{raw}”。") from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        raise ValueError(f"“{fact.title}”的数字太大了，请核对。")
    return value


def _money(fact: Fact, raw: Any) -> Decimal:
    value = _number(fact, raw)
    if value != value.quantize(Decimal(1).scaleb(-MONEY_PLACES)):
        raise ValueError(f"“{fact.title}”以{fact.unit or '万元'}为单位，最多 {MONEY_PLACES} 位小数。")
    return Decimal(plain_number(value))


def _integer(fact: Fact, raw: Any) -> int:
    value = _number(fact, raw)
    if value != value.to_integral_value():
        raise ValueError(f"“{fact.title}”要填整数。")
    return int(value)


def _date(fact: Fact, raw: Any) -> date:
    if isinstance(raw, date):
        return raw
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", raw).strip()) if isinstance(raw, str) else None
    if match is None:
        raise ValueError(f"“{fact.title}”请写成 2026-05-01 这样的日期。")
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise ValueError(f"没有“{raw}”这一天，请核对“{fact.title}”。") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"“{fact.title}”的年份是 {day.year}，请核对。")
    return day


def _yes_no(fact: Fact, raw: Any) -> bool:
    value = raw if isinstance(raw, bool) else _YES_NO.get(raw) if isinstance(raw, str) else None
    if value is None:
        raise ValueError(f"“{fact.title}”请回答是或否。")
    return value


def _choice(fact: Fact, raw: Any) -> str:
    titles = {option.title: key for key, option in fact.options.items()}
    value = raw if raw in fact.options else titles.get(raw) if isinstance(raw, str) else None
    if value is None:
        raise ValueError(f"“{fact.title}”请从这些里选：{'、'.join(titles)}。")
    return str(value)


def _choices(fact: Fact, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple):
        raise ValueError(f"“{fact.title}”可以选几个，请写成一列。")
    chosen = {_choice(fact, each) for each in raw}
    return tuple(key for key in fact.options if key in chosen)


def _group(fact: Fact, raw: Any) -> tuple[dict[str, Any], ...]:
    if not isinstance(raw, list | tuple):
        raise ValueError(f"“{fact.title}”要一行一行地填。")
    errors: list[tuple[str, str]] = []
    rows = tuple(_row(fact, row, index, errors) for index, row in enumerate(raw, 1))
    if errors:
        raise AnswerError(fact.id, "；".join(message for _, message in errors), errors)
    return rows


def _row(fact: Fact, raw: Any, index: int, errors: list[tuple[str, str]]) -> dict[str, Any]:
    """A row's values; a field whose condition is false in the row is dropped."""
    if not isinstance(raw, Mapping):
        errors.append((f"{fact.id}.{index}", f"{fact.title}第 {index} 行要写成一项一项的内容"))
        return {}
    errors += [
        (f"{fact.id}.{index}.{key}", f"{fact.title}第 {index} 行没有“{key}”这一项") for key in raw if key not in fact.of
    ]
    row: dict[str, Any] = {}
    for name, field in fact.of.items():
        given = raw.get(name)
        if not holds(field.when, row.get):
            continue
        if given in (None, ""):
            if field.required and not field.on_form:
                errors.append((f"{fact.id}.{index}.{name}", f"{fact.title}第 {index} 行缺少“{field.title}”"))
            continue
        try:
            row[name] = parse(field, given)
        except AnswerError as error:
            errors.append((f"{fact.id}.{index}.{name}", f"{fact.title}第 {index} 行：{error}"))
    return row


def _phone(fact: Fact, raw: Any) -> str:
    text = _text(fact, raw).strip()
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException as error:
        raise ValueError("电话号码不对：手机填 11 位，座机带区号，例如 0371-65506114。") from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError("电话号码不对：手机填 11 位，座机带区号，例如 0371-65506114。")
    return text


def _email(fact: Fact, raw: Any) -> str:
    try:
        return str(validate_email(_text(fact, raw).strip(), check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise ValueError("电子邮箱的写法不对，应当像 name@example.com 这样。") from error


def _digits(count: int, message: str) -> Callable[[Fact, Any], str]:
    def read(fact: Fact, raw: Any) -> str:
        text = unicodedata.normalize("NFKC", _text(fact, raw)).strip()
        if not re.fullmatch(rf"\d{{{count}}}", text, re.ASCII):
            raise ValueError(message)
        return text

    return read


def _url(fact: Fact, raw: Any) -> str:
    text = _text(fact, raw).strip()
    if not re.fullmatch(r"(https?://)?[^\s/]+\.[^\s/]+(/\S*)?", text):
        raise ValueError("网址的写法不对，应当像 https://www.example.com 这样。")
    return text


def _check_bounds(fact: Fact, value: Any) -> None:
    size = len(value) if fact.kind == "group" else value
    if isinstance(size, bool) or not isinstance(size, int | Decimal | date):
        return
    unit = "行" if fact.kind == "group" else fact.unit or ("万元" if fact.kind == "money" else "")
    bounds: tuple[tuple[Any, Callable[[Any], bool], str], ...] = (
        (fact.at_least, lambda limit: size >= limit, "不能少于"),
        (fact.at_most, lambda limit: size <= limit, "不能超过"),
        (fact.over, lambda limit: size > limit, "要大于"),
        (fact.under, lambda limit: size < limit, "要小于"),
    )
    for limit, keeps, words in bounds:
        if limit is not None and not keeps(limit):
            raise ValueError(f"“{fact.title}”{words} {limit}{unit}。")


_PARSERS: dict[str, Callable[[Fact, Any], Any]] = {
    "text": _text,
    "paragraph": _text,
    "integer": _integer,
    "year": _integer,
    "money": _money,
    "date": _date,
    "yes-no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "group": _group,
    "uscc": lambda fact, raw: read_uscc(_text(fact, raw)),
    "person-id": lambda fact, raw: read_person_number(_text(fact, raw)),
    "phone": _phone,
    "email": _email,
    "postcode": _digits(6, "邮政编码是 6 位数字。"),
    "region": _digits(6, "行政区划代码是 6 位数字。"),
    "url": _url,
}
