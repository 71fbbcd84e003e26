"""References exist, and comparisons fit what they compare: what every check of references shares."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from rapidfuzz import process

from hall.check.places import Places
from hall.check.words import title_of
from hall.content.conditions import Condition, Test, tests_in
from hall.content.findings import Finding
from hall.content.models import Fact, Pack
from hall.content.source import Path
from hall.journey.answers import REGISTERED
from hall.journey.forms import PLACEHOLDER

CHOOSING = ("is", "is_not", "one_of", "has", "has_any", "has_all", "has_none")
ORDERING = ("at_least", "at_most", "over", "under")
_NUMERIC = ("integer", "year", "money")
_PUNCTUATION = str.maketrans("", "", "，：“”‘’（）；、 \"'")


def did_you_mean(word: str, known: Iterable[str], likeness: int = 65) -> str | None:
    """A help line that names the nearest known word."""
    close = nearest(word, known, likeness)
    return f"是不是想写 {close}？" if close else None


def nearest(word: str, known: Iterable[str], likeness: int = 65) -> str | None:
    """The known word that is likely meant. `likeness`: of 100, how like it must be."""
    close = process.extractOne(word.translate(_PUNCTUATION), sorted(known), score_cutoff=likeness)
    return close[0] if close else None


class Universe:
    """Every id that there is. `names`: those that files have, whatever is wrong with them, by kind of file."""

    def __init__(self, pack: Pack, names: Mapping[str, set[str]]) -> None:
        self.guides = {*pack.guides, *pack.planned_guides, *names.get("guide", ())}
        self.forms = {*pack.forms, *pack.planned_forms, *names.get("form", ())}
        self.parts = {*pack.parts, *names.get("part", ())}
        self.laws = {*pack.laws, *names.get("laws", ())}
        self.authorities = {*pack.authorities, *names.get("authorities", ())}
        self.facts = {*pack.facts, *names.get("facts", ())}

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Universe) and vars(self) == vars(other))

    __hash__ = None  # type: ignore[assignment]


class References:
    """Finds what is referred to and isn't there."""

    def __init__(self, pack: Pack, places: Places, universe: Universe) -> None:
        self.pack, self.places = pack, places
        self.guides, self.forms, self.parts = universe.guides, universe.forms, universe.parts
        self.laws, self.authorities, self.facts = universe.laws, universe.authorities, universe.facts

    def known(self, at: Path, word: str, known: Iterable[str], code: str, noun: str) -> Iterator[Finding]:
        """A finding when a word isn't among those known."""
        if word not in known and not self.places.is_damaged(at):
            names = sorted(known) if isinstance(known, set) else list(known)
            help = did_you_mean(word, names)
            if help is None and len(names) <= 12:
                help = f"可以写：{'、'.join(names)}。"
            yield self.places.finding(at, code, f"没有“{word}”{noun}", help or _WHERE.get(code))

    def lookup(self, fact_id: str) -> Fact | None:
        """The fact of an id, also of the registry's and of a group's field."""
        bare = fact_id.removeprefix(REGISTERED)
        if fact := self.pack.facts.get(bare):
            return fact
        group, _, field = bare.rpartition(".")
        parent = self.pack.facts.get(group)
        return parent.of.get(field) if parent else None

    def fact(self, at: Path, fact_id: str, local: Mapping[str, Fact] | None = None) -> Iterator[Finding]:
        """A finding when there is no such fact; one whose own definition is broken is there."""
        bare = fact_id.removeprefix(REGISTERED)
        is_there = self.lookup(fact_id) is not None or bare in self.facts or bare.rpartition(".")[0] in self._broken
        if not is_there and not self.places.is_damaged(at):
            known = {*self.facts, *(local or {})}
            if bare != fact_id:
                known = {REGISTERED + key for key, each in self.pack.facts.items() if each.registry}
            help = did_you_mean(fact_id, known) or "事实写在 data/facts 里；`hall list facts` 列出全部。"
            yield self.places.finding(at, "unknown-fact", f"没有“{fact_id}”这个事实", help)

    @property
    def _broken(self) -> set[str]:
        return self.facts - self.pack.facts.keys()

    def group(self, at: Path, fact_id: str) -> Iterator[Finding]:
        """A finding when there is no such fact, or it isn't a group."""
        yield from self.fact(at, fact_id)
        fact = self.lookup(fact_id)
        if fact is not None and fact.kind != "group":
            groups = "、".join(sorted(key for key, each in self.pack.facts.items() if each.kind == "group")[:8])
            message = f"“{fact.title}”不是分组，没有一行一行的内容"
            yield self.places.finding(at, "wrong-type", message, f"这里要写分组的事实，例如 {groups}。")

    def condition(
        self, at: Path, condition: Condition | None, local: Mapping[str, Fact] | None = None, element: object = None
    ) -> Iterator[Finding]:
        """Findings of a condition written at a path; `local` are the fields of a row."""
        for index, test in enumerate(tests_in(condition)):
            if self._fits(test, local):
                continue
            place = self.places.test(element, index) if element is not None else self.places.test_in(at, index)
            if not self.places.is_damaged(place):
                yield from self._test(place, test, local)

    def of_rows(self, at: Path, condition: Condition | None, group: Fact | None) -> Iterator[Finding]:
        """Findings of a condition over a group's rows; none when there is no such group."""
        if group is not None and group.kind == "group":
            yield from self.condition(at, condition, group.of)

    def _fits(self, test: Test, local: Mapping[str, Fact] | None) -> bool:
        """Whether nothing is wrong with a comparison."""
        fact = (local or {}).get(test.fact) or self.lookup(test.fact)
        if fact is None or self._unfit(test, fact, local is None and self._is_field(test.fact)):
            return False
        if not fact.options or test.operator not in CHOOSING:
            return True
        values = test.value if isinstance(test.value, tuple) else (test.value,)
        return all(value in fact.options for value in values)

    def _is_field(self, fact_id: str) -> bool:
        return fact_id.removeprefix(REGISTERED) not in self.pack.facts

    def _test(self, at: Path, test: Test, local: Mapping[str, Fact] | None) -> Iterator[Finding]:
        fact = (local or {}).get(test.fact) or self.lookup(test.fact)
        if fact is None:
            yield from self.fact(at, test.fact, local)
            return
        wrong = self._unfit(test, fact, local is None and self._is_field(test.fact))
        if wrong:
            message = f"“{title_of(self.pack.facts, test.fact) if local is None else fact.title}”{wrong[0]}"
            yield self.places.finding(at, "wrong-comparison", message, wrong[1])
        elif fact.options and test.operator in CHOOSING:
            for value in test.value if isinstance(test.value, tuple) else (test.value,):
                noun = f"这个选项（“{fact.title}”的）"
                yield from self.known(at, str(value), fact.options, "unknown-option", noun)

    def _unfit(self, test: Test, fact: Fact, is_field: bool) -> tuple[str, str] | None:
        """What is wrong with how a fact is compared, and what to write; None when it fits."""
        operator, values = test.operator, test.value if isinstance(test.value, tuple) else (test.value,)
        if operator == "answered":
            return None
        if fact.kind == "group":
            return "是分组，不能这样比较", "比较行数、有没有、是不是都，要用由它算出的事实（data/facts 里的 derived）。"
        if (is_field or fact.kind == "choices") and not operator.startswith("has"):
            what = "有好几行，每行一个值" if is_field else "可以选几个"
            return f"{what}，不能这样比较", f"请写 {{{test.fact}: {{has: 值}}}}，或者 has_any、has_all、has_none。"
        if operator in ("before", "after") and fact.kind != "date":
            return "不是日期，不能比先后", "数字用 at_least、at_most、over、under。"
        if operator in ORDERING and fact.kind not in (*_NUMERIC, "date"):
            return "不是数字，不能比大小", "请直接写值，例如 {事实: 值} 或者 {事实: [值, 值]}。"
        return next((wrong for value in values if (wrong := _unfit_value(fact, value))), None)

    def placeholders(self, at: Path, text: str | None, local: Iterable[str] = ()) -> Iterator[Finding]:
        """Findings of the facts that a text names in braces."""
        for match in PLACEHOLDER.finditer(text) if text and "{" in text else ():
            if match[1] not in local:
                yield from self.fact(at, match[1], dict.fromkeys(local))  # type: ignore[arg-type]


_WHERE = {
    "unknown-form": "表格写在 forms 里；`hall list forms` 列出全部。",
    "unknown-guide": "指南写在 guides 里，没有写的要在 data/catalogue.yaml 里；`hall list guides` 列出全部。",
    "unknown-law": "法规写在 data/laws.yaml 里：请先加上。",
    "unknown-part": "片段写在 guides/parts 里。",
    "unknown-authority": "机关写在 data/authorities.yaml 里。",
}


def _unfit_value(fact: Fact, value: object) -> tuple[str, str] | None:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    match fact.kind:
        case "yes-no" if not isinstance(value, bool):
            return f"只有是或否，不能与“{value}”比较", "是写 true，否写 false，不加引号。"
        case "integer" | "year" | "money" if not is_number:
            return f"是数字，不能与“{value}”比较", "请写数字，不加引号和单位。"
        case "date" if not isinstance(value, date):
            return f"是日期，不能与“{value}”比较", "请写 2026-05-01 这样的日期，不加引号。"
        case "choice" | "choices" if not isinstance(value, str):
            return f"的选项里没有 {value}", f"可以写：{'、'.join(fact.options)}。"
        case "yes-no" | "integer" | "year" | "money" | "date" | "choice" | "choices" | "group":
            return None
    if not isinstance(value, str):
        return f"是文字，不能与 {value} 比较", f'请加引号："{value}"。'
    return None
