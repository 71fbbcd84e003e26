"""Scenarios: every question is asked, every guide of the roadmap comes up, waits end."""

from collections.abc import Callable, Iterator

from hall.check.claims_tests import claim_tests
from hall.check.claims_walk import claim_walk
from hall.check.dates import check_days_of_year
from hall.check.explain import Explainer
from hall.check.links import check_roadmap
from hall.check.places import Places
from hall.check.proof import Proof
from hall.content.findings import Finding
from hall.content.models import Guide, Notice, Pack, Scenario


def check_scenario(file: str, scenario: Scenario, pack: Pack, places: Places) -> Iterator[Finding]:
    """Findings of one scenario whose references are sound."""
    for index, later in enumerate(scenario.later):
        yield from check_days_of_year((file, "later", index, "between"), later.between, places)
    yield from check_roadmap(file, scenario, places)
    proof = Proof(pack, _as_guide(file, scenario), places)
    claim_walk(proof)
    claim_tests(proof)
    for index, notice in enumerate(proof.guide.notices):
        proof.wish(1, [proof.encoder.holds_at_end(notice.when)], _dead(proof, index, notice))
    yield from proof.settle().findings


def _as_guide(file: str, scenario: Scenario) -> Guide:
    """The scenario as a guide whose notices are the guides that it sends people to."""
    questions = tuple(
        each.model_copy(update={"origin": (file, "questions", index)}) for index, each in enumerate(scenario.questions)
    )
    items = [
        Notice(say=item.guide, when=item.when, origin=(file, name, index))
        for name in ("roadmap", "later")
        for index, item in enumerate(getattr(scenario, name))
    ]
    raw = {"id": scenario.id, "title": scenario.title, "in_force": {}, "for": (), "basis": (), "file": file}
    return Guide.model_validate({**raw, "questions": questions, "notices": items})


def _dead(p: Proof, index: int, notice: Notice) -> Callable[[], Iterator[Finding]]:
    def fail() -> Iterator[Finding]:
        if notice.origin in p.blamed:
            return
        why = Explainer(p.pack, p.guide, p.places).why("notices", index, notice.when)
        message = f"路线图上的指南 {notice.say} 永远不会出现"
        yield p.places.finding(notice.origin, "dead-roadmap", message, why.help, why.path)

    return fail
