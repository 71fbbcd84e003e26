"""A life event's personal roadmap: which guides, in which order, what comes back every year. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hall.content.models import Guide, Pack, Period, Question, RoadmapItem, Scenario
from hall.journey.walk import Walk, walk


@dataclass(frozen=True)
class Station:
    """A guide on the roadmap; stations of one `round` can go on side by side."""

    guide: str
    title: str
    written: bool
    round: int
    note: str | None


@dataclass(frozen=True)
class Recurring:
    """What comes back every year: the next time it is due, first and last day."""

    guide: str
    title: str
    written: bool
    first: date
    last: date
    note: str | None


@dataclass(frozen=True)
class Roadmap:
    """The walk of the scenario's questions, and once it is complete, what to do."""

    walk: Walk
    stations: tuple[Station, ...]
    later: tuple[Recurring, ...]


def roadmap_of(pack: Pack, scenario: Scenario, answers: Mapping[str, Any], on: date) -> Roadmap:
    """The roadmap for parsed answers; empty until every question is answered. `on`: today."""
    done = walk(pack.facts, _questions_only(scenario.questions), answers)
    if done.outcome is None:
        return Roadmap(done, (), ())
    chosen = [item for item in scenario.roadmap if done.known.holds(item.when)]
    rounds = _rounds(chosen)
    stations = tuple(_station(pack, item, rounds[item.guide]) for item in chosen)
    later = tuple(
        Recurring(each.guide, *_title(pack, each.guide), *_next_time(each.between, on), each.note)
        for each in scenario.later
        if done.known.holds(each.when)
    )
    return Roadmap(done, tuple(sorted(stations, key=lambda each: each.round)), later)


def _questions_only(questions: tuple[Question, ...]) -> Guide:
    """A scenario's questions are walked as a guide's are."""
    return Guide.model_validate(
        {"id": "scenario", "title": "", "in_force": Period(), "for": (), "basis": (), "questions": questions}
    )


def _rounds(items: list[RoadmapItem]) -> dict[str, int]:
    """The round of each guide: after all that it waits for and that is on this roadmap."""
    rounds = {item.guide: 1 for item in items}
    for _ in items:
        for item in items:
            waits = [rounds[each] for each in item.after if each in rounds and each != item.guide]
            rounds[item.guide] = min(max([0, *waits]) + 1, len(items))
    return rounds


def _station(pack: Pack, item: RoadmapItem, round_: int) -> Station:
    title, written = _title(pack, item.guide)
    return Station(item.guide, title, written, round_, item.note)


def _title(pack: Pack, guide_id: str) -> tuple[str, bool]:
    guide = pack.guides.get(guide_id) or pack.planned_guides.get(guide_id)
    return (guide.title if guide else guide_id), guide_id in pack.guides


def _next_time(between: tuple[str, str], on: date) -> tuple[date, date]:
    """First and last day of the coming period: next year's, since what is set up this year reports then."""
    first, last = (tuple(int(part) for part in each.split("-")) for each in between)
    return date(on.year + 1, *first), date(on.year + 1, *last)
