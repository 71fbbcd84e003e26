"""Whatever a guide or a scenario names is there, and each element has what it needs."""

from collections.abc import Iterator

from hall.check.references import References
from hall.content.errors import AnswerError
from hall.content.findings import Finding
from hall.content.models import Element, Exit, Guide, Material, Next, Office, Question, Scenario, Stage, Submits, Use
from hall.content.source import Path
from hall.content.values import parse


class GuideReferences:
    """Checks one guide after the other against the same pack."""

    def __init__(self, references: References) -> None:
        self.r = references

    def guide(self, guide: Guide) -> Iterator[Finding]:
        """Findings of one guide, its parts included."""
        at: Path = (guide.file,)
        for index, basis in enumerate(guide.basis):
            yield from self.r.known((*at, "basis", index, "law"), basis.law, self.r.laws, "unknown-law", "这部法规")
        for fact_id, raw in guide.settles.items():
            yield from self._settled((*at, "settles", fact_id), fact_id, raw)
        for question in guide.questions:
            yield from self._use(question) if isinstance(question, Use) else self._question(guide, question)
        for name in ("exits", "materials", "steps", "notices"):
            for element in getattr(guide, name):
                yield from self._element(guide, element)
        yield from self._values(guide)
        yield from self._links(guide)
        yield from self._submits(guide)
        for index, text in enumerate(guide.mistakes if not self._has_parts(guide) else ()):
            yield from self.r.placeholders((*at, "mistakes", index), text)
        for example in guide.examples:
            if not example.gives and not self.r.places.is_damaged((*example.origin, "gives")):
                message = f"例子“{example.title}”没有写应当得到什么"
                yield self._say(
                    example.origin, "missing-key", message, "请写 gives：例如 gives: {materials: [id, id]}。"
                )

    def scenario(self, file: str, scenario: Scenario) -> Iterator[Finding]:
        """Findings of one scenario."""
        for index, question in enumerate(scenario.questions):
            yield from self._asked((file, "questions", index), question)
            yield from self.r.condition((file, "questions", index, "when"), question.when)
        listed = [item.guide for item in scenario.roadmap]
        for name in ("roadmap", "later"):
            for index, item in enumerate(getattr(scenario, name)):
                at = (file, name, index)
                yield from self.r.known((*at, "guide"), item.guide, self.r.guides, "unknown-guide", "这个指南")
                yield from self.r.condition((*at, "when"), item.when)
                for number, before in enumerate(getattr(item, "after", ()) if self.r.guides >= set(listed) else ()):
                    noun = "这个指南（路线图里的）"
                    yield from self.r.known((*at, "after", number), before, listed, "unknown-guide", noun)

    def _say(self, at: Path, code: str, message: str, help: str) -> Finding:
        return self.r.places.finding(at, code, message, help)

    def _has_parts(self, guide: Guide) -> bool:
        return any(not isinstance(each, Use) and each.put for each in guide.questions)

    # Questions

    def _use(self, use: Use) -> Iterator[Finding]:
        yield from self.r.known((*use.origin, "use"), use.use, self.r.parts, "unknown-part", "这个片段")

    def _question(self, guide: Guide, question: Question) -> Iterator[Finding]:
        yield from self._asked(question.origin, question)
        yield from self.r.condition((*question.origin, "when"), question.when, element=question)
        yield from self.r.placeholders((*question.origin, "why"), question.why)
        yield from self._stage(guide, question)
        if question.ask in guide.settles:
            message = f"“{question.ask}”已经由 settles 定下来了，不会再问"
            yield self._say(
                (*question.origin, "ask"), "not-askable", message, "删去这个问题，或者删去 settles 里的那一项。"
            )

    def _asked(self, at: Path, question: Question) -> Iterator[Finding]:
        place = (*at, "ask")
        if self.r.places.is_damaged(place):
            return
        yield from self.r.fact(place, question.ask)
        fact = self.r.pack.facts.get(question.ask)
        if fact is None:
            if self.r.lookup(question.ask) is not None:
                message = f"不能问“{question.ask}”：它是登记的内容，或者是分组的一个字段"
                yield self._say(place, "not-askable", message, "请问事实本身，或者问整个分组。")
            return
        if fact.derived is not None:
            message = f"不能问“{fact.title}”：它由别的回答算出"
            yield self._say(place, "not-askable", message, "改问它由什么算出（data/facts 里的 derived）。")
        for option in question.options:
            noun = f"这个选项（“{fact.title}”的）"
            yield from self.r.known((*at, "options"), option, fact.options, "unknown-option", noun)

    # Other elements

    def _element(self, guide: Guide, element: Element) -> Iterator[Finding]:
        at = element.origin
        yield from self.r.condition((*at, "when"), element.when, element=element)
        for name in ("say", "do", "note"):
            text = getattr(element, name, None)
            if isinstance(text, str):
                yield from self.r.placeholders((*at, name), text)
        yield from self._stage(guide, element)
        if isinstance(element, Exit):
            yield from self._exit(element)
        elif isinstance(element, Material):
            yield from self._material(element)
        elif by := getattr(element, "by", None):
            known = {*self.r.authorities, "applicant"}
            yield from self.r.known((*at, "by"), by, known, "unknown-authority", "这个机关")

    def _exit(self, each: Exit) -> Iterator[Finding]:
        if each.refer:
            yield from self.r.known((*each.origin, "refer"), each.refer, self.r.guides, "unknown-guide", "这个指南")
        if each.when is None and not self.r.places.is_damaged((*each.origin, "when")):
            help = "请写 when：什么情形下到这个出口。总是要看到的话写在 notices 里。"
            yield self._say(each.origin, "missing-key", "出口没有写 when，永远不会用到", help)

    def _material(self, material: Material) -> Iterator[Finding]:
        at = material.origin
        if material.form:
            yield from self.r.known((*at, "form"), material.form, self.r.forms, "unknown-form", "这张表格")
        elif not (material.id and material.name) and not self.r.places.is_damaged(at):
            lacking = "name" if material.id else "id" if material.name else "form，也没有写 id 和 name"
            help = "用我们的表的写 form: 表格 id；别的材料写 id 和 name。"
            yield self._say(at, "missing-key", f"材料没有写 {lacking}", help)
        if material.per:
            yield from self.r.group((*at, "per"), material.per.each)
            group = self.r.lookup(material.per.each)
            yield from self.r.of_rows((*at, "per", "where"), material.per.where, group)
        if isinstance(material.note, dict):
            yield from self._notes(material, material.note)
        elif material.note_by:
            yield from self.r.fact((*at, "note_by"), material.note_by)

    def _notes(self, material: Material, notes: dict[str, str]) -> Iterator[Finding]:
        at = material.origin
        if not material.note_by:
            help = "写上 note_by: 哪个事实，它的选项决定用哪条说明。"
            yield self._say((*at, "note"), "missing-key", "说明随答案不同，却没有写 note_by", help)
            return
        yield from self.r.fact((*at, "note_by"), material.note_by)
        fact = self.r.lookup(material.note_by)
        known = {"True", "False", "true", "false"} if fact and fact.kind == "yes-no" else fact.options if fact else None
        for option, text in notes.items():
            if known is not None:
                noun = f"这个选项（“{fact.title if fact else ''}”的）"
                yield from self.r.known((*at, "note", option), option, known, "unknown-option", noun)
            yield from self.r.placeholders((*at, "note", option), text)

    def _stage(self, guide: Guide, element: Element) -> Iterator[Finding]:
        if element.stage:
            at = (*element.origin, "stage")
            if element.put and self.r.places.place(at) == self.r.places.place(element.origin):
                at = (*element.put, "stage")
            stages = [stage.id for stage in guide.stages]
            yield from self.r.known(at, element.stage, stages, "unknown-stage", "这个阶段")

    # Values, links, stages

    def _values(self, guide: Guide) -> Iterator[Finding]:
        for name in ("result", "fee", "time_limit", "handled_by", "then"):
            for index, value in enumerate(getattr(guide, name)):
                at = self.r.places.of_value(guide.file, name, index)
                yield from self.r.condition((*at, "when"), value.when)
                yield from self.r.placeholders(at, getattr(value, "say", None) or getattr(value, "note", None))
                if isinstance(value, Office):
                    yield from self.r.known(
                        (*at, "office"), value.office, self.r.authorities, "unknown-authority", "这个机关"
                    )
                    if value.of:
                        yield from self.r.fact((*at, "of"), value.of)
                elif isinstance(value, Next):
                    yield from self.r.known(at, value.guide, self.r.guides, "unknown-guide", "这个指南")

    def _links(self, guide: Guide) -> Iterator[Finding]:
        for index, target in enumerate(guide.related):
            yield from self.r.known((guide.file, "related", index), target, self.r.guides, "unknown-guide", "这个指南")
        if guide.successor:
            yield from self.r.known(
                (guide.file, "successor"), guide.successor, self.r.guides, "unknown-guide", "这个指南"
            )

    def _submits(self, guide: Guide) -> Iterator[Finding]:
        if guide.submits and guide.stages:
            message = "submits 和 stages 只能写一样"
            yield self._say(
                (guide.file, "submits"), "stage-order", message, "分几次提交的只写 stages，一次提交的只写 submits。"
            )
        submits: list[tuple[Path, Submits]] = [((guide.file, "submits"), guide.submits)] if guide.submits else []
        submits += [((guide.file, "stages", n, "submits"), each.submits) for n, each in enumerate(guide.stages)]
        for at, each in submits:
            yield from self.r.known((*at, "form"), each.form, self.r.forms, "unknown-form", "这张表格")
            form = self.r.pack.forms.get(each.form)
            if form is not None and form.submits != each.kind and not self.r.places.is_damaged(at):
                message = f"这里按 {each.kind} 提交，表格 {form.id} 写的是 submits: {form.submits}"
                yield self._say(
                    (*at, "kind"), "submits", message, "两处写成一样；不单独提交的表写 none，不能写在这里。"
                )
        for index, stage in enumerate(guide.stages):
            yield from self._stage_order(guide, index, stage)

    def _stage_order(self, guide: Guide, index: int, stage: Stage) -> Iterator[Finding]:
        """A stage opens after an earlier one, so that there is an order."""
        at: Path = (guide.file, "stages", index)
        before = [each.id for each in guide.stages[:index]]
        if stage.id in before:
            yield self._say((*at, "id"), "stage-order", f"有两个阶段叫 {stage.id}", "请换一个 id。")
        for name in ("opens", "closes"):
            opening = getattr(stage, name)
            if opening is None or self.r.places.is_damaged((*at, name)):
                continue
            if index == 0 and name == "opens" and opening.after:
                message = "第一个阶段要等别的阶段，就永远不会开始"
                yield self._say((*at, name), "stage-order", message, "删去第一个阶段的 opens，或者把阶段的次序换过来。")
            elif opening.after not in (*before, stage.id if name == "closes" else None):
                message = f"要等“{opening.after}”，它不是前面的阶段" if opening.after else "没有写从哪个阶段算起"
                yield self._say((*at, name), "stage-order", message, f"写上 after: 前面的阶段（{'、'.join(before)}）。")
        opens, closes = stage.opens, stage.closes
        if (
            opens
            and closes
            and opens.after == closes.after
            and opens.days
            and closes.days
            and closes.days <= opens.days
        ):
            message = f"{closes.days} 天后就截止，可是 {opens.days} 天后才开始"
            yield self._say((*at, "closes"), "stage-order", message, "截止要在开始之后：请改 days。")

    def _settled(self, at: Path, fact_id: str, raw: object) -> Iterator[Finding]:
        yield from self.r.fact(at, fact_id)
        fact = self.r.pack.facts.get(fact_id)
        if fact is None or self.r.places.is_damaged(at):
            return
        if fact.derived is not None:
            yield self._say(at, "not-askable", f"“{fact.title}”由别的回答算出，不能定下来", "改成定下它由什么算出。")
            return
        try:
            parse(fact, raw)
        except AnswerError as error:
            yield self._say(at, "wrong-type", str(error), "写成这个事实收的值；选项写它的 id。")
