"""Whatever a form names is there, each section is of one kind, and rules compare what can be compared."""

from collections.abc import Iterator, Mapping
from typing import Any

from hall.check.references import References
from hall.content.conditions import facts_in
from hall.content.findings import Finding
from hall.content.models import Cell, Column, Fact, Form, Rule, Section
from hall.content.source import Path

_CONTENTS = ("rows", "repeat", "text", "paragraphs", "sign")
COMPARISONS = ("equal", "at_most", "at_least", "before", "distinct", "within")
_NUMERIC = ("integer", "year", "money")
_CHOICES = ("choice", "choices", "yes-no")


class FormReferences:
    """Checks one form after the other against the same pack."""

    def __init__(self, references: References) -> None:
        self.r = references

    def form(self, form: Form) -> Iterator[Finding]:
        """Findings of one form."""
        if form.norm:
            yield from self.r.known((form.file, "norm", "law"), form.norm.law, self.r.laws, "unknown-law", "这部法规")
        for index, fact_id in enumerate(form.once_per):
            yield from self.r.fact((form.file, "once_per", index), fact_id)
        for index, cell in enumerate(form.asks):
            yield from self._asks((form.file, "asks", index), cell)
        for index, section in enumerate(form.sections):
            yield from self._section((form.file, "sections", index), section)
        for name in ("subtitle", "intro", "footer"):
            yield from self.r.placeholders((form.file, name), getattr(form, name))
        for index, rule in enumerate(form.rules):
            yield from self._rule((form.file, "rules", index), rule)

    def _say(self, at: Path, code: str, message: str, help: str) -> Iterator[Finding]:
        if not self.r.places.is_damaged(at):
            yield self.r.places.finding(at, code, message, help)

    def _asks(self, at: Path, cell: Cell) -> Iterator[Finding]:
        if not cell.fact:
            yield from self._say(
                at, "missing-key", "这里没有写问哪个事实", "写成 [事实] 或者 [{fact: 事实, when: {…}}]。"
            )
            return
        yield from self.r.fact((*at, "fact"), cell.fact)
        yield from self.r.condition((*at, "when"), cell.when)
        fact = self.r.pack.facts.get(cell.fact)
        if fact is not None and fact.derived is not None:
            message = f"不能问“{fact.title}”：它由别的回答算出"
            yield from self._say(at, "not-askable", message, "改问它由什么算出（data/facts 里的 derived）。")

    # Sections

    def _section(self, at: Path, section: Section) -> Iterator[Finding]:
        yield from self.r.condition((*at, "when"), section.when)
        has = [name for name in _CONTENTS if getattr(section, name)]
        if not has:
            message = f"“{section.title or '这一栏'}”是空的"
            yield from self._say(at, "missing-key", message, "写上 rows、repeat、text、paragraphs 或者 sign 中的一样。")
        group = self.r.lookup(section.repeat or "") if section.repeat else None
        if section.repeat:
            yield from self.r.group((*at, "repeat"), section.repeat)
            yield from self._repeat(at, section, group)
        for row, cells in enumerate(section.rows):
            for number, cell in enumerate(cells):
                yield from self._cell((*at, "rows", row, number), cell, group if section.card else None, section.card)
        yield from self._texts(at, section)
        for number, signature in enumerate(section.sign):
            if signature.fact:
                yield from self.r.fact((*at, "sign", number), signature.fact)
            if signature.per:
                yield from self.r.group((*at, "sign", number, "per"), signature.per.each)

    def _repeat(self, at: Path, section: Section, group: Fact | None) -> Iterator[Finding]:
        if not section.columns and not section.card:
            message = "一行一条的表没有写各列"
            yield from self._say(
                at, "missing-key", message, "写上 columns: [{field: 字段, width: 6}]，或者 card: true 和 rows。"
            )
        if group is None or group.kind != "group":
            return
        yield from self.r.condition((*at, "where"), section.where, group.of)
        for number, column in enumerate(section.columns):
            place = (*at, "columns", number)
            yield from self.r.known(
                (*place, "field"), column.field, group.of, "unknown-fact", f"这个字段（“{group.title}”的）"
            )
            yield from self._fits(place, column, group.of.get(column.field))
        if section.total:
            noun = f"这个字段（“{group.title}”的）"
            yield from self.r.known((*at, "total"), section.total, group.of, "unknown-fact", noun)
            field = group.of.get(section.total)
            if field is not None and field.kind not in ("integer", "money"):
                message = f"“{field.title}”不是数字，不能合计"
                yield from self._say((*at, "total"), "wrong-type", message, "total 写金额或者数量的字段。")

    def _cell(self, at: Path, cell: Cell, group: Fact | None, is_card: bool) -> Iterator[Finding]:
        yield from self.r.condition((*at, "when"), cell.when, group.of if group and _is_local(cell, group) else None)
        contents = [cell.fact, cell.field, cell.text, cell.heading, cell.blank or None]
        if sum(each is not None for each in contents) != 1:
            given = "什么都没有写" if not any(contents) else "写了不止一样内容"
            help = (
                "一格写一样：fact（填哪个事实）、field（小表里的字段）、text（印好的文字）、heading 或者 blank: true。"
            )
            yield from self._say(at, "missing-key" if not any(contents) else "wrong-type", f"这一格{given}", help)
        if cell.span < 1:
            yield from self._say((*at, "span"), "layout", "span 至少是 1", "写成这一格占几栏。")
        if cell.field:
            if group is None and not is_card:
                help = "写成 fact: 事实；field 只用在 repeat 的小表（card: true）里。"
                yield from self._say((*at, "field"), "unknown-fact", f"这里没有分组，不能写字段“{cell.field}”", help)
            elif group is not None:
                noun = f"这个字段（“{group.title}”的）"
                yield from self.r.known((*at, "field"), cell.field, group.of, "unknown-fact", noun)
                yield from self._fits(at, cell, group.of.get(cell.field))
        if cell.fact:
            yield from self.r.fact((*at, "fact"), cell.fact)
            yield from self._fits(at, cell, self.r.lookup(cell.fact))

    def _fits(self, at: Path, cell: Cell | Column, fact: Fact | None) -> Iterator[Finding]:
        """Whether a field can be printed that way."""
        if fact is None or cell.as_ is None:
            return
        kinds = {
            "boxes": _CHOICES,
            "capital-numerals": ("money", "integer"),
            "lines": ("text", "paragraph"),
        }.get(cell.as_)
        if kinds and fact.kind not in kinds:
            need = {"boxes": "选项", "capital-numerals": "金额或者数量", "lines": "文字"}[cell.as_]
            message = f"“{fact.title}”不是{need}，不能印成 {cell.as_}"
            yield from self._say((*at, "as"), "wrong-type", message, "删去 as，或者换一种。")

    def _texts(self, at: Path, section: Section) -> Iterator[Finding]:
        yield from self.r.placeholders((*at, "text"), section.text)
        for name in ("title", "note"):
            yield from self.r.placeholders((*at, name), getattr(section, name))
        for number, paragraph in enumerate(section.paragraphs):
            place = (*at, "paragraphs", number)
            group = self.r.lookup(paragraph.per.each) if paragraph.per else None
            local = {**group.of, "number": group} if group else {}
            if paragraph.per:
                yield from self.r.group((*place, "per"), paragraph.per.each)
                yield from self.r.of_rows((*place, "per", "where"), paragraph.per.where, group)
            if paragraph.when:
                yield from self.r.condition((*place, "when"), paragraph.when)
            yield from self.r.placeholders(place, paragraph.text, local)

    # Rules

    def _rule(self, at: Path, rule: Rule) -> Iterator[Finding]:
        group = self.r.lookup(rule.row) if rule.row else None
        local: Mapping[str, Fact] = group.of if group else {}
        if rule.row:
            yield from self.r.group((*at, "row"), rule.row)
            if group is None:
                return
        merged = {**self.r.pack.facts, **local} if local else None
        yield from self.r.condition((*at, "when"), rule.when, merged)
        yield from self.r.condition((*at, "require"), rule.require, merged)
        written = [name for name in COMPARISONS if getattr(rule, name)]
        if len(written) + (rule.require is not None) != 1:
            message = "规则没有写核对什么" if not written else f"一条规则只能核对一样，这里写了 {'、'.join(written)}"
            help = f"写一样：{'、'.join(COMPARISONS)}（后面是 [左, 右]），或者 require: 条件。"
            yield from self._say(at, "missing-key" if not written else "wrong-type", message, help)
            return
        for name in written:
            yield from self._sides((*at, name), getattr(rule, name), name, local)
        if rule.at and rule.at not in local:
            yield from self.r.fact((*at, "at"), rule.at)

    def _sides(self, at: Path, sides: tuple[Any, Any], name: str, local: Mapping[str, Fact]) -> Iterator[Finding]:
        kinds: list[set[str]] = []
        for index, side in enumerate(sides):
            named = list(named_in(side))
            kinds.append(set())
            for fact_id in named:
                fact = local.get(fact_id) or self.r.lookup(fact_id)
                if fact is None:
                    yield from self.r.fact((*at, index), fact_id, local)
                    continue
                kinds[-1].add(_family(fact, side))
            if not named and isinstance(side, int):
                kinds[-1].add("number")
        left, right = kinds if len(kinds) == 2 else (set(), set())
        if name in ("equal", "at_most", "at_least", "before") and left and right and not left & right:
            message = f"规则的两边不能比较：一边是{_KINDS[min(left)]}，一边是{_KINDS[min(right)]}"
            yield from self._say(at, "form-rule", message, "两边要是同一类：都是数字、都是日期，或者都是文字。")


_KINDS = {"number": "数字", "date": "日期", "text": "文字", "choice": "选项", "group": "分组"}


def _is_local(cell: Cell, group: Fact) -> bool:
    """Whether a card's cell is shown by what stands in its row."""
    return bool(facts_in(cell.when)) and all(fact in group.of for fact in facts_in(cell.when))


_COMPARED: dict[int, tuple[Form, tuple[tuple[Path, str, str], ...]]] = {}


def compared_by(form: Form) -> tuple[tuple[Path, str, str], ...]:
    """Each fact that a form's rules compare: where, the group whose rows are checked (or ""), the fact."""
    known = _COMPARED.get(id(form))
    if known is None or known[0] is not form:
        if len(_COMPARED) > 2000:
            _COMPARED.clear()
        found = (
            (("rules", index, name, side), rule.row or "", fact_id)
            for index, rule in enumerate(form.rules)
            for name in COMPARISONS
            for side, value in enumerate(getattr(rule, name) or ())
            for fact_id in named_in(value)
        )
        known = _COMPARED[id(form)] = (form, tuple(found))
    return known[1]


def named_in(side: Any) -> Iterator[str]:
    """The facts that a side of a rule names."""
    if isinstance(side, str):
        yield side
    elif isinstance(side, Mapping):
        for key in ("sum", "year", "date"):
            if key in side:
                yield from named_in(side[key])
    elif isinstance(side, list | tuple):
        for each in side:
            yield from named_in(each)


def _family(fact: Fact, side: Any) -> str:
    if isinstance(side, Mapping) and ("sum" in side or "year" in side):
        return "number"
    if fact.kind in (*_NUMERIC,):
        return "number"
    if fact.kind in ("date", "group"):
        return fact.kind
    return "choice" if fact.kind in _CHOICES else "text"
