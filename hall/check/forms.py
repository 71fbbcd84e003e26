"""Forms: the grid fits, and a disclosed form says who may see each section."""

from collections.abc import Iterator

from hall.check.places import Places
from hall.content.findings import Finding
from hall.content.models import Form


def check_form(form: Form, places: Places) -> Iterator[Finding]:
    """Findings of one form's layout and publicity marks."""
    for index, section in enumerate(form.sections):
        at = (form.file, "sections", index)
        for number, row in enumerate(section.rows):
            width = sum(cell.span for cell in row)
            if width > form.paper.columns:
                message = f"这一行共占 {width} 栏，纸上只有 {form.paper.columns} 栏"
                yield places.error((*at, "rows", number), "layout", message, "减小 span，或者分成两行。")
        width = sum(column.width for column in section.columns)
        if width > form.paper.columns:
            message = f"各列共占 {width} 栏，纸上只有 {form.paper.columns} 栏"
            yield places.error((*at, "columns"), "layout", message, "减小 width。")
        if form.disclosed and section.public is None and (section.rows or section.repeat):
            message = f"“{section.title or index + 1}”没有写谁能看到"
            yield places.error(at, "publicity", message, "加上 public: always、optional 或 never。")
