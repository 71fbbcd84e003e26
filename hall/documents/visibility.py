"""What is printed of a disclosed form: everything, or what the public may see. Hidden unless the form says otherwise."""

from collections.abc import Collection

from hall.content.models import Form, Publicity, Section
from hall.documents.blocks import UNCHECKED
from hall.journey.answers import REGISTERED
from hall.journey.publicity import is_public

PUBLIC, NOT_PUBLIC = "公示", "不公示"
BLANK_MARK = f"{UNCHECKED} {PUBLIC}　{UNCHECKED} {NOT_PUBLIC}"


class Visibility:
    """Decides for one form; `publish` has the optional facts that the reporter makes public."""

    def __init__(self, form: Form, public: bool, publish: Collection[str] | None) -> None:
        self.public, self.disclosed = public, form.disclosed
        self.marks = form.disclosed and not public
        self.publish = frozenset(publish or ())
        cells = [(cell, section) for section in form.sections for row in section.rows for cell in row if cell.fact]
        self.never = {cell.fact for cell, section in cells if (cell.public or section.public) == "never"}

    def shows(self, mark: Publicity | None, fact_id: str | None = None) -> bool:
        """Whether a part under this mark is printed; a fact that is never public somewhere is so everywhere."""
        if not self.public:
            return True
        plain = (fact_id or "").removeprefix(REGISTERED)
        return self.disclosed and fact_id not in self.never and is_public(mark, plain, self.publish)

    def has_public(self, section: Section) -> bool:
        """Whether the public sees anything of the section."""
        if section.repeat:
            marks = [column.public for column in section.columns]
            marks += [cell.public for row in section.rows for cell in row if cell.field]
            return any(self.shows(mark or section.public, section.repeat) for mark in marks)
        cells = [cell for row in section.rows for cell in row if cell.fact]
        if cells:
            return any(self.shows(cell.public or section.public, cell.fact) for cell in cells)
        return self.shows(section.public)

    def mark(self, mark: Publicity | None, fact_id: str, blank: bool) -> str:
        """公示 or 不公示 beside an optional fact in the full version; boxes to tick in a blank form."""
        if not self.marks or mark != "optional":
            return ""
        if blank:
            return BLANK_MARK
        return PUBLIC if fact_id in self.publish else NOT_PUBLIC
