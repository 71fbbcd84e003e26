"""The circuit breaker of the back office: one row that all workers share.

After five failures one after the other nobody calls; when the pause is over, one message goes to see. A pause
grows with each probe that fails, up to half a minute, and is spread like all waits.
"""

import random
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, select

from hall.handoff.tables import Circuit

NAME = "backoffice"
OPENS_AFTER = 5
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(seconds=30)
PROBE = timedelta(seconds=30)
"""How long one worker has the probe to itself."""
LONGEST_ASKED = timedelta(seconds=60)
"""How long a Retry-After may hold everything up; the message itself waits as long as it says."""


def circuit_of(session: Session, lock: bool = False) -> Circuit:
    """The circuit as it stands."""
    query = select(Circuit).where(Circuit.name == NAME)
    return session.exec(query.with_for_update() if lock else query).first() or Circuit(name=NAME)


def permit(session: Session, now: datetime, many: int) -> int:
    """How many messages may go now: many, one to see whether it works again, or none."""
    circuit = circuit_of(session)
    if circuit.until is None:
        return many
    if circuit.until > now:
        return 0
    if circuit.state == "closed":
        return many
    circuit = circuit_of(session, lock=True)
    if circuit.until is not None and circuit.until > now:
        return 0  # another worker took the probe meanwhile
    circuit.until = now + PROBE
    session.add(circuit)
    return 1


def succeeded(session: Session) -> None:
    """A call worked: everything may go."""
    circuit = circuit_of(session, lock=True)
    if circuit.failures or circuit.state != "closed" or circuit.until:
        circuit.state, circuit.failures, circuit.opened = "closed", 0, 0
        circuit.until = circuit.since = circuit.reason = None
        session.add(circuit)


def failed(session: Session, reason: str, now: datetime, chance: random.Random, after: timedelta | None = None) -> None:
    """A call failed; `after` is the wait that the back office asked for."""
    circuit = circuit_of(session, lock=True)
    circuit.failures += 1
    circuit.reason = reason
    circuit.since = circuit.since or now
    if circuit.failures >= OPENS_AFTER or circuit.state == "open":
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(circuit.opened, 10)) * chance.uniform(0.5, 1.5)
        circuit.state, circuit.opened, circuit.until = "open", circuit.opened + 1, now + pause
    if after is not None:
        circuit.until = max(circuit.until or now, now + min(after, LONGEST_ASKED))
    session.add(circuit)


def note_skew(session: Session, skew: timedelta) -> None:
    """Keeps how far the other clock is ahead, when it changed by more than a few seconds."""
    circuit, seconds = circuit_of(session), int(skew.total_seconds())
    if abs(circuit.skew_seconds - seconds) > 5:
        circuit.skew_seconds = seconds
        session.add(circuit)


def count(session: Session, name: str, by: int = 1) -> None:
    """Adds to a tally."""
    session.execute(_COUNT, {"name": name, "by": by})


_COUNT = text(
    "insert into tally (name, count) values (:name, :by) on conflict (name) do update set count = tally.count + :by"
)
