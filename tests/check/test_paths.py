"""Covering paths: a few walks show all of a guide, and the engine walks each as the solver said."""

import pytest

from hall.check.encode import Encoder
from hall.check.paths import covering_paths
from hall.check.solve import Prover
from hall.content.load import load_pack
from hall.content.models import Guide, Pack
from hall.journey.answers import parse_answers
from hall.journey.walk import Walk, asked_questions, walk
from hall.settings import ROOT
from tests.check.seeds import PACK

SMALL, _ = load_pack(PACK)
REAL, _ = load_pack(ROOT)


def walked(pack: Pack, guide: Guide, answers: dict[str, object]) -> Walk:
    """As `hall walk` does it: what the guide doesn't ask is known before."""
    asked = {question.ask for question in asked_questions(guide)}
    values = parse_answers(pack.facts, answers)
    known = {key: value for key, value in values.items() if key not in asked}
    return walk(pack.facts, guide, {key: value for key, value in values.items() if key in asked}, known)


def shown(pack: Pack, guide: Guide) -> tuple[set[int], set[int], set[str], set[str]]:
    """What the covering paths show by the engine: questions, exits, materials due, materials not due."""
    questions, exits, due, spared = set[int](), set[int](), set[str](), set[str]()
    for path in covering_paths(pack, guide):
        done = walked(pack, guide, path.case.all)
        assert done.state == ("outcome" if path.exit is None else "exit")
        assert done.exit is (None if path.exit is None else guide.exits[path.exit])
        questions |= {next(i for i, q in enumerate(asked_questions(guide)) if q is step.question) for step in done.path}
        if done.outcome is not None:
            here = [each.material.id for each in done.outcome.materials]
            assert here == list(path.materials)
            due |= set(here)
            spared |= {material.id for material in guide.materials} - set(here)
        if path.exit is not None:
            exits.add(path.exit)
    return questions, exits, due, spared


@pytest.mark.parametrize("name", sorted(SMALL.guides))
def test_the_paths_of_a_guide_show_all_of_it(name: str):
    guide = SMALL.guides[name]
    questions, exits, due, spared = shown(SMALL, guide)
    assert questions == set(range(len(asked_questions(guide))))
    assert exits == set(range(len(guide.exits)))
    assert due == {material.id for material in guide.materials}
    assert spared >= {material.id for material in guide.materials if material.when is not None}


@pytest.mark.parametrize("name", sorted(REAL.guides))
def test_every_guide_of_the_hall_is_walked_as_the_solver_says(name: str):
    """All that can be reached is, on a handful of paths."""
    guide = REAL.guides[name]
    questions, exits, due, _ = shown(REAL, guide)
    encoder = Encoder(REAL, guide)
    with Prover(encoder) as prover:
        assert questions == {n for n, literal in enumerate(encoder.asked) if prover.possible(literal)}
        assert exits == {n for n in range(len(guide.exits)) if prover.possible(encoder.taken(n))}
        assert due == {each.id for each in guide.materials if prover.possible(encoder.due(each))}


def test_every_option_is_chosen_on_some_path():
    paths = covering_paths(SMALL, SMALL.guides["shop"])
    goods = {option for path in paths for option in path.case.answers.get("shop.goods") or ()}
    assert goods == {"food", "tobacco", "books", "other"}
    assert {path.case.answers.get("place.right") for path in paths} >= {"own", "rented", "borrowed", "market"}


def test_the_paths_are_few():
    assert len(covering_paths(SMALL, SMALL.guides["shop"])) <= 8
    assert all(len(covering_paths(REAL, guide)) <= 60 for guide in list(REAL.guides.values())[::10])


def test_one_path_after_the_other_shows_something_new():
    for path in covering_paths(SMALL, SMALL.guides["company"]):
        assert path.shows
