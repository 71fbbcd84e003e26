"""How the hand-off is: what operations watch, on the staff page and in /metrics. Numbers only, nothing personal."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from hall.cases.tables import Outbox
from hall.handoff.circuit import circuit_of
from hall.handoff.client import KINDS
from hall.handoff.tables import Dispatch, Event, Tally

RATE_OVER = timedelta(minutes=5)


@dataclass(frozen=True)
class Board:
    """The hand-off at a moment."""

    waiting: int
    parked: int
    oldest_seconds: float
    """Age of the oldest message that waits."""
    delivered: int
    """Since the beginning."""
    per_minute: float
    """Deliveries a minute, over the last five."""
    circuit: str
    circuit_reason: str | None
    circuit_since: datetime | None
    skew_seconds: int
    """How far the back office's clock is ahead."""
    errors: dict[str, int] = field(default_factory=dict)
    """Attempts that failed, by kind (`hall.handoff.client.KINDS`)."""
    events: dict[str, int] = field(default_factory=dict)
    """Events of the back office, by what became of them."""
    news: dict[str, int] = field(default_factory=dict)
    """Messages by mail or SMS that aren't out yet, by state."""


def board(session: Session, now: datetime) -> Board:
    """The hand-off now."""
    waiting = select(func.count(), func.min(Outbox.created_at)).where(Outbox.state == "waiting")
    count, oldest = session.exec(waiting).one()
    parked = session.exec(select(func.count()).where(Outbox.state == "parked")).one()
    lately = select(func.count()).where(Outbox.state == "delivered", col(Outbox.settled_at) > now - RATE_OVER)
    tallies = {each.name: each.count for each in session.exec(select(Tally))}
    circuit = circuit_of(session)
    pending = session.exec(select(func.count()).where(Event.outcome == "pending")).one()
    news = select(Dispatch.state, func.count()).where(Dispatch.state != "sent").group_by(Dispatch.state)
    return Board(
        waiting=count, parked=parked, oldest_seconds=max((now - oldest).total_seconds(), 0.0) if oldest else 0.0,
        delivered=tallies.get("delivered", 0),
        per_minute=session.exec(lately).one() / (RATE_OVER.total_seconds() / 60),
        circuit=circuit.state, circuit_reason=circuit.reason, circuit_since=circuit.since,
        skew_seconds=circuit.skew_seconds, errors={kind: tallies.get(f"error:{kind}", 0) for kind in KINDS},
        events={**{name: tallies.get(f"event:{name}", 0) for name in ("applied", "ignored", "unknown")},
                "pending": pending},
        news=dict(session.exec(news).all()),
    )  # fmt: skip
