"""The columns of the registry's CSV: what each means, how it is read and when it is refused.

Columns are known by id or by Chinese title. A reader takes the text and gives what is stored (text or
None); it raises ValueError with the reason in Chinese.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from stdnum.iso7064 import mod_11_10

from hall.registry.subject import KINDS, SHAREHOLDER_KINDS, STATUSES
from hall.registry.text import fold

NAME_LENGTH = 200
_STATUS_WORDS = {
    "live": ("存续", "在营", "开业", "在业", "在册", "正常", "存续（在营、开业、在册）"),
    "dormant": ("歇业",),
    "revoked": ("吊销", "已吊销", "吊销，未注销", "吊销未注销"),
    "deregistered": ("注销", "已注销", "吊销，已注销", "吊销已注销"),
    "annulled": ("撤销", "已撤销", "撤销登记", "撤销设立登记"),
    "moved-out": ("迁出", "已迁出"),
}
_KIND_PARTS = {
    "branch": ("分公司", "分支机构", "营业单位"),
    "company": ("有限责任公司", "股份有限公司"),
    "non-company-enterprise": ("全民所有制", "集体所有制", "股份合作制", "股份合作企业", "联营"),
    "partnership": ("合伙企业",),
    "sole-proprietorship": ("个人独资企业",),
    "farmers-cooperative": ("农民专业合作社",),
    "individual-business": ("个体户", "个体工商户"),
}
"""Parts of the full type names that authorities write: 有限责任公司（自然人投资或控股）. The first that is there counts."""
_DATE = re.compile(r"(\d{4})([-/.年]?)(\d{1,2})[-/.月]?(\d{1,2})日?", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ALPHABET = {char: value for value, char in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)


def _words(titles: Mapping[str, str], more: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    words = {key: key for key in titles} | {fold(title): key for key, title in titles.items()}
    return words | {fold(word): key for key, group in more.items() for word in group}


_STATUS = _words(STATUSES, _STATUS_WORDS)
_KIND = _words(KINDS, {})


def is_uscc(code: str) -> bool:
    """Whether a code is one by GB 32100-2015: alphabet and check character. The library's check, ten times as fast."""
    if len(code) != 18 or not code[:8].isdecimal():
        return False
    try:
        return sum([_ALPHABET[char] * weight for char, weight in zip(code, _WEIGHTS, strict=True)]) % 31 == 0
    except KeyError:
        return False


def is_reg_no(number: str) -> bool:
    """Whether a number is a 15-digit registration number: ISO 7064 MOD 11,10."""
    return len(number) == 15 and number.isascii() and number.isdecimal() and bool(mod_11_10.is_valid(number))


def _uscc(text: str) -> str:
    if not is_uscc(code := text.upper()):
        raise ValueError(f"统一社会信用代码“{text}”的位数、字符或者校验位不对")
    return code


def _reg_no(text: str) -> str:
    if not is_reg_no(text):
        raise ValueError(f"注册号“{text}”不是 15 位数字，或者校验位不对")
    return text


def _name(text: str) -> str:
    if not fold(text):
        raise ValueError("名称里没有可以看见的字")
    if len(text) > NAME_LENGTH:
        raise ValueError(f"名称超过 {NAME_LENGTH} 个字")
    if any(char in text for char in "\t\r\n"):
        raise ValueError("名称里有换行或者制表符")
    return text


def _status(text: str) -> str:
    return _STATUS.get(text) or _STATUS.get(fold(text)) or _refuse(f"不认识状态“{text}”")


@lru_cache(1 << 10)
def _kind(text: str) -> str:
    if known := _KIND.get(text) or _KIND.get(fold(text)):
        return known
    full = (kind for kind, parts in _KIND_PARTS.items() if any(part in text for part in parts))
    return next(full, None) or _refuse(f"不认识类型“{text}”")


def _refuse(message: str) -> str:
    raise ValueError(message)


def _region(text: str) -> str:
    if len(text) != 6 or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"行政区划“{text}”不是 6 位数字")
    return text


@lru_cache(1 << 16)
def _date(text: str) -> str:
    match = _DATE.fullmatch(text)
    if match is None or (not match[2] and len(text) != 8):
        raise ValueError(f"“{text}”不是日期，要写成 2026-05-01")
    try:
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError as error:
        raise ValueError(f"没有“{text}”这一天") from error


def _term(text: str) -> str | None:
    return None if text in ("长期", "无固定期限") else _date(text)


@lru_cache(1 << 14)
def _amount(text: str) -> str:
    try:
        value = Decimal(unicodedata.normalize("NFKC", text).replace(",", "").removesuffix("万元").strip())
    except InvalidOperation as error:
        raise ValueError(f"“{text}”不是金额，要写成以万元为单位的数字") from error
    if not value.is_finite() or value < 0 or value >= 10**15:
        raise ValueError(f"金额“{text}”不能是负数，也不能这么大")
    return format(value, "f")


def _shareholders(text: str) -> str | None:
    try:
        rows = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise ValueError("股东不是 JSON") from error
    if not isinstance(rows, list):
        raise ValueError("股东要写成 JSON 的列表")
    read = [_shareholder(row) for row in rows]
    return json.dumps(read, ensure_ascii=False, separators=(",", ":")) if read else None


def _shareholder(row: Any) -> dict[str, str]:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise ValueError("每个股东都要有 name")
    read = {"name": row["name"].strip()}
    if row.get("kind"):
        if row["kind"] not in SHAREHOLDER_KINDS:
            raise ValueError(f"股东的 kind 只能是 {'、'.join(SHAREHOLDER_KINDS)}")
        read["kind"] = row["kind"]
    if row.get("contribution") not in (None, ""):
        read["contribution"] = _amount(str(row["contribution"]))
    return read


def _text(text: str) -> str:
    return text


@dataclass(frozen=True)
class Column:
    """One column of the CSV."""

    id: str
    title: str
    read: Callable[[str], str | None]
    help: str = ""


COLUMNS = (
    Column("uscc", "统一社会信用代码", _uscc, "18 位，校验位要对；和注册号至少有一个。"),
    Column("reg_no", "注册号", _reg_no, "15 位数字，校验位要对。"),
    Column("name", "名称", _name, f"必填，最多 {NAME_LENGTH} 个字。"),
    Column("kind", "类型", _kind, "七类之一，见下表；可以空。"),
    Column("status", "状态", _status, "必填，见下表。"),
    Column("region", "行政区划", _region, "6 位代码（GB/T 2260）。"),
    Column("authority", "登记机关", _text),
    Column("established", "成立日期", _date, "2026-05-01；也认 2026/5/1、2026年5月1日、20260501。"),
    Column("approved", "核准日期", _date, "最近一次核准的日期。"),
    Column("capital", "注册资本", _amount, "万元，数字；没有就空。"),
    Column("legal_representative", "法定代表人", _text, "或者负责人、执行事务合伙人、投资人、经营者，看类型。"),
    Column("domicile", "住所", _text, "或者主要经营场所、经营场所。"),
    Column("scope", "经营范围", _text),
    Column("industry", "行业", _text, "行业代码或者名称。"),
    Column("term_until", "营业期限至", _term, "日期；“长期”或者空是没有期限。"),
    Column("shareholders", "股东", _shareholders, "JSON 列表，每行 name、kind（person、company、foreign）、contribution（万元）。"),
    Column("abnormal_reason", "列入异常名录原因", _text, "现在列入经营异常名录的原因；没有列入就空。"),
    Column("abnormal_since", "列入异常名录日期", _date),
)  # fmt: skip
STORED = tuple(column.id for column in COLUMNS)
_REQUIRED = ("name", "status")
_TITLES = {column.title: column.id for column in COLUMNS} | {column.id: column.id for column in COLUMNS}


class Header:
    """Which column stands where in a file. Raises ValueError when a required one is missing or one is twice."""

    def __init__(self, cells: list[str]) -> None:
        named = [_TITLES.get(cell.strip(" \t\ufeff")) for cell in cells]
        self.places = [(named.index(column.id), column) for column in COLUMNS if column.id in named]
        self.width = len(cells)
        self.unknown = [cell for cell, column in zip(cells, named, strict=True) if column is None]
        twice = sorted({each for each in named if each and named.count(each) > 1})
        missing = [column.title for column in COLUMNS if column.id in _REQUIRED and column.id not in named]
        if not {"uscc", "reg_no"} & set(named):
            missing.append("统一社会信用代码或者注册号")
        if twice or missing:
            says = f"缺少列：{'、'.join(missing)}" if missing else f"列写了两次：{'、'.join(twice)}"
            raise ValueError(f"第一行要写列名。{says}。列名见 docs/registry.md。")

    def read(self, cells: list[str]) -> dict[str, str | None]:
        """What is stored of a row, all columns. Raises ValueError with every reason why it is refused."""
        if len(cells) != self.width and (len(cells) < self.width or any(cells[self.width :])):
            raise ValueError(f"有 {len(cells)} 格，列名有 {self.width} 个")
        row: dict[str, str | None] = dict.fromkeys(STORED)
        wrong = []
        for place, column in self.places:
            if text := cells[place].strip():
                try:
                    if not text.isprintable() and _UNSEEN.search(text):
                        raise ValueError("有读不出的字节或者看不见的控制字符")
                    row[column.id] = column.read(text)
                except ValueError as error:
                    wrong.append(f"{column.title}：{error}")
            elif column.id in _REQUIRED:
                wrong.append(f"{column.title}：没有填")
        if not wrong and not row["uscc"] and not row["reg_no"]:
            wrong.append("统一社会信用代码和注册号都没有")
        if wrong:
            raise ValueError("；".join(wrong))
        return row
