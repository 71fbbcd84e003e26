"""What the pages of a case share: where it stands, what may be edited now, saving."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hall import clock
from hall.cases.access import Access
from hall.cases.drafts import Standing, standing
from hall.cases.progress import (
    Window,
    asked_corrections,
    current_stage,
    latest,
    opens_on,
    report_correctable,
    submissions_of,
)
from hall.cases.states import RELEASED
from hall.cases.tables import Submission
from hall.content.models import Form, Guide, Pack
from hall.database import reading
from hall.journey.course import Course, only
from hall.ui import pages
from hall.ui.context import pack

CORRECT = "correct"
FIRST = "first"
"""The place that means: the first page that is open now."""


@dataclass(frozen=True)
class Desk:
    """One case as its pages see it."""

    access: Access
    pack: Pack
    standing: Standing
    guide: Guide | None
    form: Form | None
    stage: str | None
    latest: Submission | None
    """What was handed in last, of the current stage."""
    corrections: Mapping[str, str] = field(default_factory=dict)
    """Fact id to the note of the registration authority, while a correction is asked for."""
    correctable: bool = False
    """Whether an annual report may be corrected by its reporter."""
    window: Window = field(default_factory=Window)
    """When the stage may be submitted."""
    handed_in: bool = False
    """Whether anything was submitted, in this stage or an earlier one."""
    course: Course = field(init=False)

    def __post_init__(self) -> None:
        whole = self.standing.course
        object.__setattr__(self, "course", only(whole, self.corrections) if self.corrections else whole)

    @property
    def number(self) -> str:
        """The case's number."""
        return self.access.number

    @property
    def title(self) -> str:
        """What is being done."""
        named = self.guide or self.form
        return f"**{named.title}**" if named else ""

    @property
    def reopened(self) -> bool:
        """Whether what was handed in is open again: a correction, a refusal, or the reporter's own correction."""
        if self.latest is None:
            return False
        by_choice = self.correctable and pages.asked("mode") == CORRECT
        return self.latest.state in {"correction-required", *RELEASED} or by_choice

    @property
    def editable(self) -> bool:
        """Whether anything can be filled in now."""
        return self.latest is None or self.reopened

    @property
    def forms_begun(self) -> bool:
        """Whether the applicant has filled in anything of the forms."""
        case = self.standing.case
        asked = {ask.fact.id for stop in self.course.stops if stop.kind == "form" for ask in stop.asks}
        return any(fact in asked and fact not in case.origins for fact in (*case.answers, *case.drafts))

    @property
    def needs_subject(self) -> bool:
        """Whether the case must first find its subject in the registry."""
        return bool(self.guide and self.guide.subject == "registered" and not self.standing.case.known)

    @property
    def may_choose_subject(self) -> bool:
        """Whether the case may still be about another subject: as long as nothing was handed in."""
        return bool(self.guide and self.guide.subject == "registered") and not self.handed_in

    @property
    def subject(self) -> str | None:
        """Name and code of the subject that the case is about, once found."""
        name, uscc = (self.standing.case.known.get(f"registered.subject.{each}") for each in ("name", "uscc"))
        return f"{name}（{uscc}）" if name and uscc else name

    @property
    def changed_guide(self) -> bool:
        """Whether the guide is another one than when the case was begun."""
        return bool(self.guide and self.standing.case.guide_digest not in (None, self.guide.digest))

    def mode(self) -> dict[str, str]:
        """What links inside the case carry on."""
        return {"mode": CORRECT} if pages.asked("mode") == CORRECT else {}

    def go(self, at: str) -> None:
        """Jumps to a place in the case."""
        pages.go("case", case=self.number, at=at, **self.mode())

    def leave(self, at: str) -> None:
        """Jumps to a place in the case and ends what was going on, such as a correction."""
        pages.go("case", case=self.number, at=at)

    def link(self, label: str, at: str, **more: str) -> None:
        """A link to a place in the case."""
        pages.link("case", label, case=self.number, at=at, **{**self.mode(), **more})

    def form_values(self) -> dict[str, Any]:
        """Everything in use, for documents."""
        return dict(self.course.known.values)


def desk_of(access: Access) -> Desk:
    """The case, read from the database."""
    content = pack()
    with reading() as session:
        stands = standing(session, content, access, clock.now())
        case = stands.case
        guide = content.guides.get(case.guide or "")
        stage = current_stage(session, case, guide) if guide else None
        if stage is not None:
            stands = standing(session, content, access, clock.now(), stage)
        last = latest(session, case, stage)
        notes = {each["field"]: each["note"] for each in asked_corrections(session, last)} if last else {}
        correctable = bool(guide and last and report_correctable(guide, last, clock.now()))
        chosen = next((each for each in guide.stages if each.id == stage), None) if guide else None
        window = opens_on(session, case, guide, chosen) if guide and chosen else Window()
        form, sent = content.forms.get(case.form or ""), submissions_of(session, case)
        return Desk(access, content, stands, guide, form, stage, last, notes, correctable, window, bool(sent))
