"""What editors write, as frozen models: facts, guides, scenarios, forms, reference data.

The keys are those of docs/language.md. Unknown keys are refused, so that a misspelt one is found.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from hall.content.conditions import Condition, parse_condition

Kind = Literal[
    "text", "paragraph", "integer", "money", "date", "year", "yes-no", "choice", "choices", "group",
    "uscc", "person-id", "phone", "email", "postcode", "region", "url",
]  # fmt: skip
When = Annotated[Any, BeforeValidator(parse_condition)]
Number = int | Decimal


class Model(BaseModel):
    """Frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Element(Model):
    """A part of a guide that remembers where it was written."""

    when: When | None = None
    stage: str | None = None
    origin: tuple[str | int, ...] = Field((), exclude=True)
    """File and keys, e.g. ("guides/close/x.yaml", "materials", 2); set by the loader."""
    put: tuple[str | int, ...] = Field((), exclude=True)
    """Of an element of a part: where the guide uses the part."""

    @property
    def condition(self) -> Condition | None:
        """The parsed condition."""
        return self.when


class Period(Model):
    """Dates in force, both inclusive."""

    from_: date | None = Field(None, alias="from")
    until: date | None = None

    def contains(self, on: date) -> bool:
        """Whether the date lies in the period."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until)


class Option(Model):
    """One of a choice's answers."""

    title: str
    help: str | None = None


def _option(raw: object) -> object:
    return {"title": raw} if isinstance(raw, str) else raw


class Derived(Model):
    """How a fact is computed; exactly one of the keys before `when`, or `when` itself."""

    count: str | None = None
    any: str | None = None
    all: str | None = None
    sum: str | None = None
    first: str | None = None
    compare: tuple[str, str] | None = None
    same: tuple[str, str] | None = None
    join: tuple[str, ...] | None = None
    either: tuple[str, ...] | None = None
    when: When | None = None
    where: When | None = None


class Fact(Model):
    """One thing that can be known. Amounts of kind `money` are in 万元 (10,000 yuan)."""

    id: str = ""
    title: str
    question: str | None = None
    kind: Kind
    help: str | None = None
    example: Any = None
    options: dict[str, Annotated[Option, BeforeValidator(_option)]] = {}
    at_least: Number | date | None = None
    at_most: Number | date | None = None
    over: Number | date | None = None
    under: Number | date | None = None
    max_length: int | None = None
    pattern: str | None = None
    pattern_says: str | None = None
    unit: str | None = None
    personal: bool = False
    sensitive: bool = False
    registry: str | None = None
    suggest: tuple[str, ...] = ()
    derived: Derived | None = None
    of: dict[str, "Fact"] = {}
    when: When | None = None
    required: bool = True
    on_form: bool = False

    @property
    def asks(self) -> str:
        """How the wizard asks for it."""
        return self.question or self.title


class Basis(Model):
    """A law, and the articles that a guide rests on (left out where not certain)."""

    law: str
    articles: tuple[int | str, ...] = ()


class Claim(Model):
    """Something an editor verified, by which norm, who and when."""

    claim: str
    norm: str
    by: str
    on: date


class Question(Element):
    """Asks one fact, at this place."""

    ask: str
    options: tuple[str, ...] = ()
    why: str | None = None
    page: str | None = None
    required: bool = True


class Use(Model):
    """Puts a part's questions here, when its condition holds; its materials are due in this stage."""

    use: str
    when: When | None = None
    stage: str | None = None
    origin: tuple[str | int, ...] = Field((), exclude=True)


QuestionOrUse = Annotated[
    Annotated[Question, Tag("Question")] | Annotated[Use, Tag("Use")],
    Discriminator(
        lambda raw: "Use" if isinstance(raw, Use) or (isinstance(raw, dict) and "use" in raw) else "Question"
    ),
]
"""Told apart by the key `use`, so that a mistake is reported for the one that is meant."""


class Exit(Element):
    """Ends the walk: this guide is not for you, because …"""

    say: str
    refer: str | None = None


class Per(Model):
    """One for each row of a group for which the condition holds."""

    each: str
    where: When | None = None


def _per(raw: object) -> object:
    return {"each": raw} if isinstance(raw, str) else raw


class Material(Element):
    """Something to hand in. Its id is the form's when it is one of ours."""

    id: str = ""
    name: str = ""
    form: str | None = None
    per: Annotated[Per, BeforeValidator(_per)] | None = None
    copies: int | None = None
    original: bool = False
    template: bool = False
    note: str | dict[str, str] | None = None
    note_by: str | None = None


class Step(Element):
    """Who does what."""

    by: str
    do: str


class Notice(Element):
    """What must be known, shown with the outcome."""

    say: str


class Submits(Model):
    """What goes to the back office."""

    kind: Literal["filing", "annual-report"]
    form: str


class Opening(Model):
    """When a stage opens or closes, counted from the day after another stage was accepted."""

    days: int | None = None
    working_days: int | None = None
    after: str | None = None
    unless: str | None = None


class Stage(Model):
    """One of several submissions of a guide."""

    id: str
    title: str | None = None
    submits: Submits
    opens: Opening | None = None
    closes: Opening | None = None


class TimeLimit(Model):
    """A time limit; `until` is a day of the year, MM-DD."""

    when: When | None = None
    working_days: int | None = None
    days: int | None = None
    at_once: bool = False
    until: str | None = None
    from_: str | None = Field(None, alias="from")
    note: str | None = None


class TextValue(Model):
    """A text that holds under a condition."""

    when: When | None = None
    say: str


class Office(Model):
    """Which authority handles it; `of` is the fact that names the very office."""

    when: When | None = None
    office: str
    of: str | None = None


def _several(key: str | None) -> Any:
    """A single value may be written plainly, as a mapping, or as a list with conditions."""

    def wrap(raw: object) -> object:
        items = raw if isinstance(raw, list | tuple) else [] if raw is None else [raw]
        return tuple({key: item} if key and not isinstance(item, dict | Model) else item for item in items)

    return BeforeValidator(wrap)


class Next(Model):
    """A guide that comes after this one."""

    guide: str
    when: When | None = None
    note: str | None = None


class Example(Model):
    """An official's fact check: with these answers, this is what comes out."""

    title: str
    known: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    gives: dict[str, Any] = {}
    origin: tuple[str | int, ...] = Field((), exclude=True)


class Guide(Model):
    """One procedure, from its questions to what is handed in."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    in_force: Period
    successor: str | None = None
    for_: tuple[str, ...] = Field(alias="for")
    subject: Literal["new", "registered", "none"] = "none"
    kind: str = "registration"
    summary: str | None = None
    result: Annotated[tuple[TextValue, ...], _several("say")] = ()
    fee: Annotated[tuple[TextValue, ...], _several("say")] = ()
    time_limit: Annotated[tuple[TimeLimit, ...], _several(None)] = ()
    handled_by: Annotated[tuple[Office, ...], _several("office")] = ()
    basis: tuple[Basis, ...]
    confidence: Literal["high", "medium", "low"] = "low"
    reviewed: tuple[Claim, ...] = ()
    settles: dict[str, Any] = {}
    """Facts that are settled by choosing this guide, e.g. `{change.items: [domicile]}`; never asked."""
    questions: tuple[QuestionOrUse, ...] = ()
    exits: tuple[Exit, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()
    notices: tuple[Notice, ...] = ()
    submits: Submits | None = None
    stages: tuple[Stage, ...] = ()
    mistakes: tuple[str, ...] = ()
    then: Annotated[tuple[Next, ...], _several("guide")] = ()
    related: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    scenario: str = ""
    file: str = ""
    digest: str = ""


class Part(Model):
    """What several guides share, written once."""

    id: str
    title: str | None = None
    questions: tuple[Question, ...] = ()
    exits: tuple[Exit, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()
    notices: tuple[Notice, ...] = ()
    mistakes: tuple[str, ...] = ()


class RoadmapItem(Model):
    """A guide on the roadmap, and what it waits for."""

    guide: str
    when: When | None = None
    after: tuple[str, ...] = ()
    note: str | None = None


class Later(Model):
    """What comes back every year."""

    guide: str
    every: Literal["year"] = "year"
    between: tuple[str, str]
    when: When | None = None
    note: str | None = None


class Scenario(Model):
    """A life event: a few questions, then a roadmap."""

    id: str
    title: str
    for_: str | None = Field(None, alias="for")
    summary: str | None = None
    aliases: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    roadmap: tuple[RoadmapItem, ...] = ()
    later: tuple[Later, ...] = ()


Publicity = Literal["always", "optional", "never"]
Printed = Literal["boxes", "capital-numerals", "digits-in-boxes", "lines"]


class Cell(Model):
    """A cell of a form's grid: a fact, printed words, a heading, or nothing."""

    fact: str | None = None
    field: str | None = None
    text: str | None = None
    heading: str | None = None
    blank: bool = False
    span: int = 1
    label: str | None = None
    as_: Printed | None = Field(None, alias="as")
    height: int = 1
    required: bool = True
    when: When | None = None
    show: Literal["change"] | None = None
    public: Publicity | None = None


class Column(Model):
    """A column of a repeating table."""

    field: str
    width: int = 1
    label: str | None = None
    as_: Printed | None = Field(None, alias="as")
    public: Publicity | None = None


class Paragraph(Model):
    """A paragraph of a text, perhaps conditional, perhaps one for each row."""

    text: str
    when: When | None = None
    per: Annotated[Per, BeforeValidator(_per)] | None = None


class Signature(Model):
    """A line to sign or seal."""

    label: str | None = None
    fact: str | None = None
    per: Annotated[Per, BeforeValidator(_per)] | None = None
    seal: bool = False
    date: bool = False


class Section(Model):
    """A section of a form: a grid, a repeating table, a text, or signatures."""

    title: str | None = None
    public: Publicity | None = None
    when: When | None = None
    note: str | None = None
    break_before: bool = False
    side: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()
    repeat: str | None = None
    where: When | None = None
    columns: tuple[Column, ...] = ()
    blank_rows: int = 1
    number: bool = False
    total: str | None = None
    card: bool = False
    text: str | None = None
    paragraphs: tuple[Annotated[Paragraph, BeforeValidator(
        lambda raw: {"text": raw} if isinstance(raw, str) else raw)], ...] = ()  # fmt: skip
    sign: tuple[Annotated[Signature, BeforeValidator(
        lambda raw: {"fact": raw} if isinstance(raw, str) else raw)], ...] = ()  # fmt: skip


class Rule(Model):
    """A check over a form's data; exactly one comparison."""

    equal: tuple[Any, Any] | None = None
    at_most: tuple[Any, Any] | None = None
    at_least: tuple[Any, Any] | None = None
    before: tuple[Any, Any] | None = None
    distinct: tuple[Any, Any] | None = None
    within: tuple[Any, Any] | None = None
    require: When | None = None
    row: str | None = None
    when: When | None = None
    say: str
    at: str | None = None
    level: Literal["error", "warning"] = "error"


class Norm(Model):
    """The norm that prescribes a form."""

    law: str
    number: str | None = None


class Paper(Model):
    """Paper and the grid that cells span."""

    size: Literal["A4"] = "A4"
    columns: int = 12
    orientation: Literal["portrait", "landscape"] = "portrait"


class Form(Model):
    """One form: the web page, the DOCX and the PDF are drawn from it."""

    id: str
    title: str
    family: str
    aliases: tuple[str, ...] = ()
    norm: Norm | None = None
    in_force: Period
    submits: Literal["filing", "annual-report", "none"] = "none"
    once_per: tuple[str, ...] = ()
    confidence: Literal["high", "medium", "low"] = "low"
    disclosed: bool = False
    paper: Paper = Paper()
    subtitle: str | None = None
    intro: str | None = None
    footer: str | None = None
    filing_notes: tuple[str, ...] = ()
    asks: tuple[Annotated[Cell, BeforeValidator(
        lambda raw: {"fact": raw} if isinstance(raw, str) else raw)], ...] = ()  # fmt: skip
    """Facts that its conditions read and it doesn't print: asked on the form's page where not known yet."""
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    file: str = ""
    digest: str = ""


class Law(Model):
    """A norm, as cited."""

    name: str
    number: str | None = None
    issuer: str | None = None
    in_force: Period = Period()
    successor: str | None = None
    check: bool = False
    note: str | None = None


class Authority(Model):
    """An office, by level."""

    title: str
    level: str | None = None
    help: str | None = None
    address: str | None = None
    phone: str | None = None


class Planned(Model):
    """A guide or form of the catalogue, written or not."""

    id: str
    title: str
    scenario: str | None = None
    family: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()


class ScenarioTitle(Model):
    """A life event of the home page."""

    id: str
    title: str
    for_: str | None = Field(None, alias="for")
    aliases: tuple[str, ...] = ()


class Pack(Model):
    """Everything the authority knows, loaded once per process."""

    facts: dict[str, Fact] = {}
    guides: dict[str, Guide] = {}
    parts: dict[str, Part] = {}
    forms: dict[str, Form] = {}
    scenarios: dict[str, Scenario] = {}
    laws: dict[str, Law] = {}
    regions: dict[str, str] = {}
    authorities: dict[str, Authority] = {}
    scenario_titles: tuple[ScenarioTitle, ...] = ()
    planned_guides: dict[str, Planned] = {}
    planned_forms: dict[str, Planned] = {}
    digest: str = ""
