"""Facts are well defined: options, bounds, examples, what they are computed from; and somebody uses them."""

import re
from collections.abc import Iterator

from hall.check.domains import NUMERIC, bounds_of
from hall.check.references import References
from hall.content.errors import AnswerError
from hall.content.findings import Finding
from hall.content.models import Derived, Fact
from hall.content.source import Path
from hall.content.values import parse
from hall.journey.why import sources_of

COLUMNS = (
    "uscc", "reg_no", "name", "kind", "status", "region", "authority", "established", "approved", "capital",
    "legal_representative", "executive_partner", "investor", "operator", "person_in_charge", "domicile", "scope",
    "industry", "term_until", "shareholders",
)  # fmt: skip
"""The registry's columns that a fact can be prefilled from."""
_KINDS = {
    "count": ("integer",), "any": ("yes-no",), "all": ("yes-no",), "same": ("yes-no",), "when": ("yes-no",),
    "compare": ("choice",), "sum": ("money", "integer"), "join": ("text", "paragraph"),
}  # fmt: skip


class Vocabulary:
    """Checks one fact after the other against the same pack."""

    def __init__(self, references: References) -> None:
        self.r = references

    def fact(self, file: str, fact: Fact) -> Iterator[Finding]:
        """Findings of one fact and its fields."""
        at: Path = (file, fact.id)
        yield from self._fact(at, fact)
        for name, field in fact.of.items():
            yield from self._fact((*at, "of", name), field)
            yield from self.r.condition((*at, "of", name, "when"), field.when, fact.of)

    def _say(self, at: Path, code: str, message: str, help: str) -> Iterator[Finding]:
        if not self.r.places.is_damaged(at):
            yield self.r.places.finding(at, code, message, help)

    def _fact(self, at: Path, fact: Fact) -> Iterator[Finding]:
        yield from self._shape(at, fact)
        if fact.kind in NUMERIC and bounds_of(fact)[0] > bounds_of(fact)[1]:
            message = f"“{fact.title}”没有一个值能符合：最小的比最大的还大"
            yield from self._say(at, "bad-fact", message, "请改 at_least、at_most、over、under。")
        elif fact.example is not None and fact.derived is None:
            yield from self._example(at, fact)
        if fact.registry and fact.registry not in COLUMNS:
            yield from self.r.known((*at, "registry"), fact.registry, COLUMNS, "unknown-column", "这个登记库的列")
        for index, other in enumerate(fact.suggest):
            yield from self.r.fact((*at, "suggest", index), other)
        if fact.derived is not None:
            yield from self._derived((*at, "derived"), fact, fact.derived)

    def _shape(self, at: Path, fact: Fact) -> Iterator[Finding]:
        if fact.kind in ("choice", "choices") and not fact.options and not (fact.derived and fact.derived.either):
            message = f"“{fact.title}”是选择题，却没有选项"
            yield from self._say(at, "missing-key", message, "写上 options: {值: 名称, 值: 名称}。")
        if fact.options and fact.kind not in ("choice", "choices"):
            message = f"“{fact.title}”有选项，kind 却是 {fact.kind}"
            yield from self._say(
                (*at, "kind"), "bad-fact", message, "单选写 kind: choice，多选写 choices；不然删去 options。"
            )
        if fact.kind == "group" and not fact.of:
            yield from self._say(
                at, "missing-key", f"“{fact.title}”是分组，却没有写字段", "写上 of: {字段: {title, kind}}。"
            )
        if fact.of and fact.kind != "group":
            yield from self._say(
                (*at, "kind"), "bad-fact", f"“{fact.title}”有字段，kind 却是 {fact.kind}", "写 kind: group。"
            )
        if fact.pattern:
            try:
                re.compile(fact.pattern)
            except re.error as error:
                yield from self._say((*at, "pattern"), "bad-fact", f"正则表达式读不懂：{error}", "请改 pattern。")

    def _example(self, at: Path, fact: Fact) -> Iterator[Finding]:
        try:
            parse(fact, fact.example)
        except AnswerError as error:
            message = f"“{fact.title}”的例子通不过它自己的检查：{error}"
            yield from self._say((*at, "example"), "example-invalid", message, "换一个通得过的例子。")
        except re.error:
            pass  # the pattern itself is reported

    def _derived(self, at: Path, fact: Fact, derived: Derived) -> Iterator[Finding]:
        names = [name for name in Derived.model_fields if name != "where" and getattr(derived, name) is not None]
        if len(names) != 1:
            message = "derived 没有写怎么算" if not names else f"derived 只能写一种算法，这里写了 {'、'.join(names)}"
            help = "写一种：count、any、all、sum、first、compare、same、join、either 或者 when。"
            yield from self._say(at, "bad-fact", message, help)
            return
        (name,) = names
        if name in _KINDS and fact.kind not in _KINDS[name]:
            kinds = "、".join(_KINDS[name])
            message = f"{name} 算出来的是 {kinds}，kind 却是 {fact.kind}"
            yield from self._say((*at[:-1], "kind"), "bad-fact", message, f"写 kind: {_KINDS[name][0]}。")
        yield from self._sources((*at, name), derived, name)
        if fact.id in self._cycle(fact.id):
            message = f"“{fact.title}”由自己算出，绕成了圈"
            yield from self._say(at, "bad-fact", message, "改成由问得到的事实算出。")

    def _sources(self, at: Path, derived: Derived, name: str) -> Iterator[Finding]:
        value = getattr(derived, name)
        if name == "when":
            yield from self.r.condition(at, derived.when)
        elif name in ("compare", "same", "either"):
            for index, each in enumerate(value):
                yield from self.r.fact((*at, index), each)
        elif name in ("count", "any", "all", "sum", "first"):
            group_id, _, field = value.rpartition(".") if name in ("sum", "first") else (value, "", "")
            yield from self.r.group(at, group_id)
            group = self.r.lookup(group_id)
            if group is not None and group.kind == "group":
                noun = f"这个字段（“{group.title}”的）"
                if field:
                    yield from self.r.known(at, field, group.of, "unknown-fact", noun)
                yield from self.r.condition((*at[:-1], "where"), derived.where, group.of)

    def _cycle(self, fact_id: str) -> frozenset[str]:
        """The facts from which a derived fact's sources are computed in turn."""
        found: set[str] = set()
        fact = self.r.pack.facts[fact_id]
        waiting = list(sources_of(fact.derived)) if fact.derived else []
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                each = self.r.pack.facts.get(name)
                waiting += sources_of(each.derived) if each is not None and each.derived is not None else []
        return frozenset(found)
