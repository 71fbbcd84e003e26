"""Forms as printed and published: rows and columns fit the paper, and who may see each field is said."""

from collections.abc import Iterator

from hall.check.places import Places
from hall.content.findings import Finding
from hall.content.models import Fact, Form, Publicity, Section
from hall.content.source import Path
from hall.journey.forms import PLACEHOLDER


def check_form(form: Form, facts: dict[str, Fact], places: Places) -> Iterator[Finding]:
    """Findings of one form's columns and publicity marks. Rows are proved in claims_forms.py."""
    for index, section in enumerate(form.sections):
        at: Path = (form.file, "sections", index)
        width = sum(column.width for column in section.columns)
        if width > form.paper.columns:
            message = f"各列共占 {width} 栏，纸上只有 {form.paper.columns} 栏"
            yield places.finding((*at, "columns"), "layout", message, "减小 width，或者少印几列。")
        if form.disclosed:
            yield from _marks(form, index, section, facts, places)
    if form.disclosed:
        yield from _contradictions(form, facts, places)
    elif not places.is_damaged((form.file, "disclosed")):
        marks = ((n, mark) for n, each in enumerate(form.sections) if (mark := _first_mark(each)) is not None)
        for index, mark in list(marks)[:1]:
            message = "写了 public，可是这张表没有写 disclosed: true，什么都不会公示"
            help = "要公示的表写上 disclosed: true；不公示的删去各处的 public。"
            yield places.finding((form.file, "sections", index, *mark), "publicity", message, help)


def _marks(form: Form, index: int, section: Section, facts: dict[str, Fact], places: Places) -> Iterator[Finding]:
    """Every field of a disclosed form is marked, by its section or by itself."""
    at: Path = (form.file, "sections", index)
    if section.public is not None or places.is_damaged((*at, "public")):
        return
    help = "加上 public: always（一律公示）、optional（由申报人选）或者 never（不公示）。"
    unmarked = [(at_cell, name) for at_cell, name, mark in _fields(section) if mark is None]
    marked = any(mark is not None for _, _, mark in _fields(section))
    texts = [section.text or "", *(each.text for each in section.paragraphs)]
    if not marked and (unmarked or any(PLACEHOLDER.search(text) for text in texts)):
        yield places.finding(at, "publicity", f"“{section.title or index + 1}”没有写谁能看到", help)
        return
    for at_cell, name in unmarked:
        fact = facts.get(name.removeprefix("registered.")) or facts.get(section.repeat or "")
        title = fact.title if fact else name
        yield places.finding((*at, *at_cell), "publicity", f"“{title}”没有写谁能看到", help)


def _fields(section: Section) -> Iterator[tuple[Path, str, Publicity | None]]:
    """Where, fact or field, and own mark of every field of a section."""
    for row, cells in enumerate(section.rows):
        for number, cell in enumerate(cells):
            if cell.fact or cell.field:
                yield ("rows", row, number), cell.fact or cell.field or "", cell.public
    for number, column in enumerate(section.columns):
        yield ("columns", number), column.field, column.public


def _first_mark(section: Section) -> Path | None:
    if section.public is not None:
        return ("public",)
    return next((at for at, _, mark in _fields(section) if mark is not None), None)


def _contradictions(form: Form, facts: dict[str, Fact], places: Places) -> Iterator[Finding]:
    """A sensitive fact is never public; one fact isn't public here and never public there."""
    seen: dict[str, tuple[Publicity, Path]] = {}
    for index, section in enumerate(form.sections):
        for at_cell, name, own in _fields(section):
            mark = own or section.public
            at: Path = (form.file, "sections", index, *at_cell)
            group = facts.get(section.repeat or "")
            fact = facts.get(name) or (group.of.get(name) if group else None)
            if fact is None or mark is None:
                continue
            if fact.sensitive and mark != "never":
                message = f"“{fact.title}”是敏感个人信息，不能公示"
                yield places.finding(at, "publicity", message, "写 public: never。")
            key = f"{section.repeat}.{name}" if section.repeat and name not in facts else name
            before = seen.setdefault(key, (mark, at))
            if "never" in (mark, before[0]) and mark != before[0]:
                line = places.line(before[1], form.file)
                message = f"“{fact.title}”在这里写 {mark}，在{line}却写 {before[0]}"
                yield places.finding(at, "publicity", message, "同一项内容只能有一种：请改成一样。")
