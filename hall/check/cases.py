"""A walk of the solver as answers that a person might give, as `hall walk` takes them."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hall.check.domains import NUMERIC, Piece, bounds_of, human, other_than, units_of, value_at
from hall.check.encode import Encoder
from hall.check.rows import Cell, Rows
from hall.check.solve import Model
from hall.content.conditions import holds
from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import parse
from hall.journey.answers import REGISTERED
from hall.journey.samples import sample_value


@dataclass
class Case:
    """Values by fact id: what is known before, and the answers in the order in which they are asked."""

    known: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, Any]:
        """Both together, as `hall walk` takes them."""
        return {**self.known, **self.answers}


def case_of(encoder: Encoder, model: Model, until: int | None = None) -> Case:
    """The values of a walk; with `until`, only the answers to the first so many questions."""
    chooser = _Chooser(encoder, model)
    case = Case()
    for fact_id in encoder.values.answers:
        role = encoder.roles.of(fact_id)
        if role in ("registered", "prefilled", "form", "scenario") and chooser.is_known(fact_id):
            case.known[fact_id] = chooser.value(fact_id)
    for index, question in enumerate(encoder.questions[:until]):
        if not model.holds(encoder.asked[index]) or question.ask not in encoder.roles.facts:
            continue
        is_answered = model.holds(encoder.values.answered[index]) and encoder.roles.of(question.ask) == "asked"
        if is_answered or question.ask not in case.answers:
            case.answers[question.ask] = chooser.value(question.ask) if is_answered else None
    return case


class _Chooser:
    """Picks values within the pieces that the solver chose."""

    def __init__(self, encoder: Encoder, model: Model) -> None:
        self.encoder, self.model = encoder, model
        self.values = encoder.values
        self._chosen: dict[str, Any] = {}
        for pair in encoder.values.computed.relations:
            self._compare(*pair)

    def has(self, fact_id: str) -> bool:
        return self.model.holds(self.values.answer(fact_id).cell.has)

    def is_known(self, fact_id: str) -> bool:
        """Whether the fact has its value while the guide is walked."""
        return self.model.holds(self.values.answer(fact_id).walked)

    def value(self, fact_id: str) -> Any:
        """The fact's value."""
        if self.encoder.roles.is_identity(fact_id):
            return self.value(REGISTERED + fact_id)
        if fact_id not in self._chosen:
            answer = self.values.answer(fact_id)
            if answer.fact.kind == "group":
                self._chosen[fact_id] = self._rows(fact_id, answer.fact)
            else:
                self._chosen[fact_id] = self._in_cell(answer.fact, answer.cell)
        return self._chosen[fact_id]

    def _in_cell(self, fact: Fact, cell: Cell) -> Any:
        if fact.kind == "choices":
            return tuple(option for option, literal in cell.options if self.model.holds(literal))
        piece = self._piece(cell)
        return sample_of(fact) if piece is None else piece.sample

    def _piece(self, cell: Cell) -> Piece | None:
        return next((piece for piece, literal in cell.pieces if self.model.holds(literal)), None)

    # Facts that are compared with each other

    def _compare(self, left: str, right: str) -> None:
        """Moves two values of one piece to where one is less than the other, or the same."""
        roles = self.encoder.roles
        if not {roles.of(left), roles.of(right)} <= {"asked", "registered", "prefilled", "form", "scenario"}:
            return
        if roles.is_identity(left) or roles.is_identity(right) or not (self.has(left) and self.has(right)):
            return
        one, two = self._piece(self.values.answer(left).cell), self._piece(self.values.answer(right).cell)
        if one is None or two is None or not (one.open or two.open):
            return
        relation = [self.model.holds(literal) for literal in self.values.computed.relation(left, right)].index(True)
        fact = self.values.answer(right).fact
        if fact.kind in NUMERIC:
            self._order(left, right, fact.kind, one, two, relation)
        elif one.open and two.open:
            same = self.value(left)
            words = [piece.sample for piece, _ in self.values.answer(right).cell.pieces if not piece.open]
            self._chosen[right] = same if relation == 1 else other_than(fact, [*words, same])

    def _order(self, left: str, right: str, kind: str, one: Piece, two: Piece, relation: int) -> None:
        a, b = (units_of(kind, self.value(each)) or 0 for each in (left, right))
        if relation == 1:
            a = b = min(max(a, one.first, two.first), one.last, two.last)
        elif relation == 0 and a >= b:
            a, b = (a, a + 1) if a < two.last else (b - 1, b)
        elif relation == 2 and a <= b:
            a, b = (b + 1, b) if b < one.last else (a, a - 1)
        self._chosen[left], self._chosen[right] = value_at(kind, a), value_at(kind, b)

    # Groups

    def _rows(self, group: str, fact: Fact) -> tuple[dict[str, Any], ...]:
        rows = self.values.groups.get(group)
        if rows is None:
            least = int(fact.at_least) if isinstance(fact.at_least, int) else 1
            return tuple(self._row(fact, None, 0) for _ in range(max(1, least)))
        present = [index for index, literal in enumerate(rows.present) if self.model.holds(literal)]
        made = tuple(self._row(fact, rows, index) for index in present)
        self._sums(group, fact, made)
        return made

    def _row(self, fact: Fact, rows: Rows | None, index: int) -> dict[str, Any]:
        row: dict[str, Any] = {}
        cells = rows.made(index) if rows is not None else {}
        for name, each in fact.of.items():
            cell = cells.get(name)
            if cell is not None:
                if self.model.holds(cell.has):
                    row[name] = self._in_cell(each, cell)
            elif each.required and not each.on_form and holds(each.when, row.get) and each.derived is None:
                row[name] = sample_of(each)
        return row

    def _sums(self, group: str, fact: Fact, rows: tuple[dict[str, Any], ...]) -> None:
        """Moves the rows' amounts to where their sum is in the piece that the solver chose."""
        for fact_id, pieces in self.values.computed.sums.items():
            derived = self.encoder.roles.facts[fact_id].derived
            of, _, name = (derived.sum or "").rpartition(".") if derived else ("", "", "")
            if of != group or derived is None or name not in fact.of:
                continue
            chosen = [row for row in rows if holds(derived.where, row.get) and row.get(name) is not None]
            piece = next((piece for piece, literal in pieces if self.model.holds(literal)), None)
            if piece is not None and chosen:
                _share(fact.of[name], piece, chosen, name)


def _share(field: Fact, piece: Piece, rows: list[dict[str, Any]], name: str) -> None:
    """Gives the rows amounts that sum to a value of the piece, each within the field's bounds."""
    kind = field.kind
    if piece.first <= sum(units_of(kind, row[name]) or 0 for row in rows) <= piece.last:
        return
    first, last = bounds_of(field)
    low, high = max(piece.first, first * len(rows)), min(piece.last, last * len(rows))
    if low > high:
        return
    total = human(Fact(title=field.title, kind=kind), low, high)
    for index, row in enumerate(rows):
        left = len(rows) - index - 1
        even = total // (left + 1)
        if kind == "money" and left:
            even = even // 10**6 * 10**6 or even  # whole 万元 where that is possible
        amount = max(first, total - last * left, min(last, total - first * left, even))
        row[name] = value_at(kind, amount)
        total -= amount


def sample_of(fact: Fact) -> Any:
    """An accepted value of a fact, whatever it is."""
    with suppress(AnswerError):
        return parse(fact, sample_value(fact))
    return sample_value(fact)


def plain(value: Any) -> Any:
    """A value as YAML and JSON write it: amounts as numbers where they are whole."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else str(value.normalize())
        case tuple() | list():
            return [plain(each) for each in value]
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
    return value
