"""The prover and the engine agree: on every walk, and on what no walk reaches."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall.check.cases import case_of
from hall.check.encode import Encoder
from hall.check.solve import Prover
from hall.content.models import Guide
from tests.check.random_guides import PACK, guides, walk_at_random, walked

quick = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(guides())
def test_what_the_prover_calls_reachable_the_engine_reaches_with_its_path(guide: Guide):
    encoder = Encoder(PACK, guide)
    with Prover(encoder) as prover:
        for index, question in enumerate(encoder.questions):
            if model := prover.walk(encoder.asked[index]):
                case = case_of(encoder, model, index)
                done = walked(guide, case.answers, case.known)
                reached = [step.question for step in done.path] + [done.question]
                assert any(each is question for each in reached)
        for index, each in enumerate(guide.exits):
            if model := prover.walk(encoder.taken(index)):
                case = case_of(encoder, model)
                assert walked(guide, case.answers, case.known).exit is each
        for material in guide.materials:
            if model := prover.walk(encoder.due(material)):
                case = case_of(encoder, model)
                done = walked(guide, case.answers, case.known)
                assert done.outcome and material in [due.material for due in done.outcome.materials]


@quick
@given(guides(), st.data())
def test_no_walk_reaches_what_the_prover_calls_unreachable(guide: Guide, data: st.DataObject):
    done = walk_at_random(guide, data)
    encoder = Encoder(PACK, guide)
    questions = list(encoder.questions)
    with Prover(encoder) as prover:
        asked = [next(i for i, q in enumerate(questions) if q is step.question) for step in done.path]
        here = [encoder.asked[index] for index in asked]
        assert prover.possible(*here)
        if done.exit is not None:
            index = next(i for i, each in enumerate(guide.exits) if each is done.exit)
            assert prover.possible(*here, encoder.taken(index))
        if done.outcome is not None:
            due = {material.material.id for material in done.outcome.materials}
            literals = [encoder.due(each) if each.id in due else -encoder.due(each) for each in guide.materials]
            assert prover.possible(*here, encoder.ends_well, *literals)
