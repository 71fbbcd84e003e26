"""The process dies at every commit and every call, one after the other and at random: nothing lost, nothing twice.

A death is an exception that nothing catches, raised just before or just after a commit or a call: what the
database and the back office have at that point is what SIGKILL leaves (`test_kills.py` kills real processes).
"""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from hall.cases.errors import CaseError
from hall.cases.submit import Receipt
from hall.cases.tables import Case, Cursor, Feedback, Submission
from hall.cases.withdrawal import withdraw
from hall.database import engine, reading, writing
from hall.handoff.outbox import LEASE
from hall.handoff.reconcile import compare
from tests.handoff.world import World


class Death(BaseException):
    """The process is gone."""


class Reaper:
    """Counts the points of a step where a process may die, and lets it die at one of them, or at random."""

    def __init__(self) -> None:
        self.deaths = 0
        self.at: int | None = None
        self.share = 0.0
        self.chance = random.Random(8)
        self.passed: int | None = None

    def step(self) -> None:
        """A step begins: it dies at most once at the point `at`."""
        self.passed = 0

    def point(self, *_: Any) -> None:
        """A process may die here."""
        if self.passed is not None:
            self.passed += 1
        if self.passed is not None and self.passed == self.at:
            self.passed = None
            self.deaths += 1
            raise Death
        if self.chance.random() < self.share:
            self.deaths += 1
            raise Death


@pytest.fixture
def reaper(world: World) -> Iterator[Reaper]:
    reaper, handle = Reaper(), world.wire.handle_request
    world.on_step = reaper.step

    def dying(request: httpx.Request) -> httpx.Response:
        reaper.point()
        answer = handle(request)
        reaper.point()
        return answer

    world.wire.handle_request = dying  # type: ignore[method-assign]
    event.listen(engine(), "commit", reaper.point)
    event.listen(Session, "after_commit", reaper.point)
    yield reaper
    event.remove(Session, "after_commit", reaper.point)


def test_a_death_at_every_commit_and_every_call(world: World, reaper: Reaper) -> None:
    """In story n every step dies once at its nth point, until no step has so many."""
    for number in range(1, 200):
        before, reaper.at = reaper.deaths, number
        story(world, number)
        if reaper.deaths == before:
            break
    assert reaper.deaths > 60
    reaper.at = None
    settle_accounts(world, number)


def test_deaths_at_random_with_a_back_office_at_its_worst(world: World, reaper: Reaper) -> None:
    reaper.share = 0.1
    world.faults.fail = world.faults.throttle = world.faults.act_then_fail = world.faults.half = world.faults.wrong = (
        0.1
    )
    for number in range(30):
        story(world, number)
    assert reaper.deaths > 150
    reaper.share = 0
    world.faults.__init__()  # type: ignore[misc]
    settle_accounts(world, 30)


def story(world: World, number: int) -> None:
    """A filing that is corrected and completed, and another one that is withdrawn, whatever dies in between."""
    age = number * 10
    first = handed_in(world, None, age, files=[("deed.pdf", f"%PDF-{number}".encode())])
    taken_back = handed_in(world, None, age + 1)
    alive(world, world.deliver)
    alive(world, lambda: take_back(world, taken_back))
    quiet(world)
    world.store.decide(first.submission, "accepted", "已受理", [])
    alive(world, world.deliver)
    world.store.decide(first.submission, "correction-required", "请改", [{"field": "person.age", "note": "改"}])
    quiet(world)
    second = handed_in(world, world.case(first), age + 2)
    quiet(world)
    world.store.decide(second.submission, "accepted", "已受理", [])
    world.store.decide(second.submission, "completed", "已办结", [])
    quiet(world)
    assert world.states(first) == ["submitted", "delivered", "accepted", "correction-required"]
    assert world.state(first)["state"] == "corrected"
    assert world.states(second) == ["submitted", "delivered", "accepted", "completed"]
    assert world.states(taken_back)[-1] == world.state(taken_back)["state"] == "withdrawn"


def settle_accounts(world: World, stories: int) -> None:
    """Every receipt has exactly one submission on the other side; the books agree."""
    quiet(world)
    report = compare(world.office, world.now)
    assert report.agree, report.as_dict()
    with reading() as session:
        ours = {each.id: each for each in session.exec(select(Submission))}
        events = list(session.exec(select(Feedback.sequence).where(col(Feedback.sequence).is_not(None))))
    theirs = [each for page in iter_pages(world) for each in page]
    assert len(ours) == 3 * stories
    assert len(theirs) == len({each["id"] for each in theirs}) == len({each["receipt"] for each in theirs})
    never_sent = {each.id for each in ours.values() if each.state == "withdrawn"} - {each["id"] for each in theirs}
    assert {each["id"] for each in theirs} == ours.keys() - never_sent
    assert sorted(filter(None, events)) == [each["sequence"] for each in every_event(world)]


def handed_in(world: World, case: Case | None, age: int, files: Any = ()) -> Receipt:
    """Hands in as a person does: who sees no receipt, tries again."""
    world.on_step()
    while True:
        try:
            return world.hand_in(case, files, **{"person.age": age})
        except Death:
            world.later(timedelta(seconds=1))
        except CaseError:  # it was kept; the receipt only wasn't shown
            with reading() as session:
                rows = session.exec(select(Submission, Case).join(Case)).all()
            return next(
                Receipt(of.number, each.id, each.receipt, each.sha256, each.created_at)
                for each, of in rows if f'"person.age":{age},' in each.body
            )  # fmt: skip


def take_back(world: World, receipt: Receipt) -> None:
    try:
        with writing() as session:
            withdraw(session, world.access(receipt), world.now)
    except CaseError:
        pass  # it was, before the process died


def quiet(world: World) -> None:
    """Until nothing waits, and everything that was decided is known."""
    last = max((each["sequence"] for each in every_event(world)), default=0)
    alive(world, world.until_quiet)
    while position() < last:
        alive(world, world.deliver)
        world.later(timedelta(minutes=1))


def position() -> int:
    with reading() as session:
        return session.get_one(Cursor, "feedback").sequence


def alive(world: World, act: Callable[[], Any]) -> Any:
    """Starts the process again until it has done it."""
    world.on_step()
    while True:
        try:
            return act()
        except Death:
            world.later(LEASE + timedelta(seconds=1))


def iter_pages(world: World) -> Iterator[list[dict[str, Any]]]:
    after = ""
    while page := world.store.listed(after):
        yield page
        after = page[-1]["id"]


def every_event(world: World) -> list[dict[str, Any]]:
    after, events = 0, []
    while page := world.store.events(after):
        events += page
        after = page[-1]["sequence"]
    return events
