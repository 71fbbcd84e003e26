"""References exist: facts, options, forms, guides, laws, parts, authorities, stages."""

from collections.abc import Iterable, Iterator

from rapidfuzz import process

from hall.check.places import Places
from hall.content.conditions import Condition, tests_in
from hall.content.errors import AnswerError
from hall.content.findings import Finding
from hall.content.models import Cell, Fact, Form, Guide, Pack, Scenario, Section, Use
from hall.content.values import parse

Path = tuple[str | int, ...]
_CHOOSING = ("is", "is_not", "one_of", "has", "has_any", "has_all", "has_none")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A help line that names the nearest known word."""
    close = process.extractOne(word, list(known), score_cutoff=65)
    return f"是不是想写 {close[0]}？" if close else None


class References:
    """Collects findings about one pack's references."""

    def __init__(self, pack: Pack, places: Places) -> None:
        self.pack = pack
        self.places = places
        self.guides = {*pack.guides, *pack.planned_guides}
        self.forms = {*pack.forms, *pack.planned_forms}

    def guide(self, guide: Guide) -> Iterator[Finding]:
        """Findings of one guide."""
        at = (guide.file,)
        for index, basis in enumerate(guide.basis):
            yield from self._known((*at, "basis", index, "law"), basis.law, self.pack.laws, "unknown-law", "法规")
        for fact_id, raw in guide.settles.items():
            yield from self._settled((*at, "settles", fact_id), fact_id, raw)
        for name in ("questions", "exits", "materials", "steps", "notices"):
            for element in getattr(guide, name):
                yield from self._element(guide, element)
        yield from self._guide_links(guide)
        for index, office in enumerate(guide.handled_by):
            yield from self._known(
                (*at, "handled_by"), office.office, self.pack.authorities, "unknown-authority", "机关"
            )
            yield from self.condition((*at, "handled_by", index, "when"), office.when)
        for name in ("result", "fee", "time_limit"):
            for index, value in enumerate(getattr(guide, name)):
                yield from self.condition((*at, name, index, "when"), value.when)
        submits = [guide.submits] if guide.submits else [stage.submits for stage in guide.stages]
        for each in submits:
            yield from self._known((*at, "submits", "form"), each.form, self.forms, "unknown-form", "表格")

    def scenario(self, file: str, scenario: Scenario) -> Iterator[Finding]:
        """Findings of one scenario."""
        for index, question in enumerate(scenario.questions):
            yield from self._fact((file, "questions", index, "ask"), question.ask)
            yield from self.condition((file, "questions", index, "when"), question.when)
        for name in ("roadmap", "later"):
            for index, item in enumerate(getattr(scenario, name)):
                yield from self._known((file, name, index, "guide"), item.guide, self.guides, "unknown-guide", "指南")
                yield from self.condition((file, name, index, "when"), item.when)

    def form(self, form: Form) -> Iterator[Finding]:
        """Findings of one form."""
        if form.norm:
            yield from self._known((form.file, "norm", "law"), form.norm.law, self.pack.laws, "unknown-law", "法规")
        for index, cell in enumerate(form.asks):
            yield from self._cell((form.file, "asks", index), cell, None)
        for index, section in enumerate(form.sections):
            yield from self._section(form, index, section)
        for index, rule in enumerate(form.rules):
            group = self.pack.facts.get(rule.row or "")
            local = group.of if group else None
            yield from self.condition((form.file, "rules", index, "when"), rule.when, local)
            yield from self.condition((form.file, "rules", index, "require"), rule.require, local)

    def condition(
        self, at: Path, condition: Condition | None, local: dict[str, Fact] | None = None
    ) -> Iterator[Finding]:
        """Findings of a condition; `local` are the fields of a row."""
        for test in tests_in(condition):
            fact = (local or {}).get(test.fact) or self._lookup(test.fact)
            if fact is None:
                yield from self._fact((*at, test.fact), test.fact, local)
            elif fact.options and test.operator in _CHOOSING:
                values = test.value if isinstance(test.value, tuple) else (test.value,)
                for value in values:
                    yield from self._known((*at, test.fact), str(value), fact.options, "unknown-option", "选项")

    def _settled(self, at: Path, fact_id: str, raw: object) -> Iterator[Finding]:
        yield from self._fact(at, fact_id)
        if fact := self.pack.facts.get(fact_id):
            try:
                parse(fact, raw)
            except AnswerError as error:
                yield self.places.error(at, "wrong-type", str(error))

    def _element(self, guide: Guide, element: object) -> Iterator[Finding]:
        if isinstance(element, Use):
            index = guide.questions.index(element)
            yield from self._known(
                (guide.file, "questions", index, "use"), element.use, self.pack.parts, "unknown-part", "片段"
            )
            return
        at = element.origin  # type: ignore[attr-defined]
        yield from self.condition((*at, "when"), element.when)  # type: ignore[attr-defined]
        if fact := getattr(element, "ask", None):
            yield from self._question(at, fact, element.options)  # type: ignore[attr-defined]
        if form := getattr(element, "form", None):
            yield from self._known((*at, "form"), form, self.forms, "unknown-form", "表格")
        if refer := getattr(element, "refer", None):
            yield from self._known((*at, "refer"), refer, self.guides, "unknown-guide", "指南")
        if stage := getattr(element, "stage", None):
            yield from self._known((*at, "stage"), stage, [s.id for s in guide.stages], "unknown-stage", "阶段")
        if per := getattr(element, "per", None):
            yield from self._fact((*at, "per"), per.each)
            group = self.pack.facts.get(per.each)
            yield from self.condition((*at, "per", "where"), per.where, group.of if group else None)

    def _question(self, at: Path, fact_id: str, options: tuple[str, ...]) -> Iterator[Finding]:
        yield from self._fact((*at, "ask"), fact_id)
        fact = self.pack.facts.get(fact_id)
        for option in options if fact else ():
            yield from self._known((*at, "options"), option, fact.options if fact else {}, "unknown-option", "选项")

    def _guide_links(self, guide: Guide) -> Iterator[Finding]:
        links = [("then", item.guide) for item in guide.then] + [("related", item) for item in guide.related]
        links += [("successor", guide.successor)] if guide.successor else []
        for name, target in links:
            yield from self._known((guide.file, name), target, self.guides, "unknown-guide", "指南")

    def _section(self, form: Form, index: int, section: Section) -> Iterator[Finding]:
        at: Path = (form.file, "sections", index)
        yield from self.condition((*at, "when"), section.when)
        group = self.pack.facts.get(section.repeat or "")
        if section.repeat:
            yield from self._fact((*at, "repeat"), section.repeat)
        for number, column in enumerate(section.columns if group else ()):
            fields = group.of if group else {}
            yield from self._known((*at, "columns", number, "field"), column.field, fields, "unknown-fact", "字段")
        for row, cells in enumerate(section.rows):
            for number, cell in enumerate(cells):
                yield from self._cell((*at, "rows", row, number), cell, group)
        for signature in section.sign:
            if signature.fact:
                yield from self._fact((*at, "sign"), signature.fact)

    def _cell(self, at: Path, cell: Cell, group: Fact | None) -> Iterator[Finding]:
        yield from self.condition((*at, "when"), cell.when)
        if cell.fact:
            yield from self._fact((*at, "fact"), cell.fact)
        if cell.field and group:
            yield from self._known((*at, "field"), cell.field, group.of, "unknown-fact", "字段")

    def _lookup(self, fact_id: str) -> Fact | None:
        if fact := self.pack.facts.get(fact_id.removeprefix("registered.")):
            return fact
        group, _, field = fact_id.rpartition(".")
        parent = self.pack.facts.get(group)
        return parent.of.get(field) if parent else None

    def _fact(self, at: Path, fact_id: str, local: dict[str, Fact] | None = None) -> Iterator[Finding]:
        if self._lookup(fact_id) is None:
            known = {*self.pack.facts, *(local or {})}
            yield self.places.error(at, "unknown-fact", f"没有“{fact_id}”这个事实", did_you_mean(fact_id, known))

    def _known(self, at: Path, word: str, known: Iterable[str], code: str, noun: str) -> Iterator[Finding]:
        if word not in known:
            yield self.places.error(at, code, f"没有“{word}”这个{noun}", did_you_mean(word, known))
