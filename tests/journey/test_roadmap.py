"""Roadmaps: which guides, in which order, and what comes back every year."""

from datetime import date
from pathlib import Path

from hall.content.load import load_pack
from hall.journey.roadmap import roadmap_of
from tests.packs import write_pack

SCENARIO = """
id: event
title: 一件事
questions: [{ask: person.kind}]
roadmap:
  - {guide: last, after: [second, sample]}
  - {guide: sample}
  - {guide: second, when: {person.kind: owner}, after: [sample]}
later:
  - {guide: sample, every: year, between: ["01-01", "06-30"], when: {person.kind: owner}}
"""


def test_order_follows_what_waits_for_what(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    (root / "guides/event").mkdir()
    (root / "guides/event/scenario.yaml").write_text(SCENARIO.lstrip(), encoding="utf-8")
    pack, findings = load_pack(root)
    assert not findings
    scenario = pack.scenarios["event"]
    assert roadmap_of(pack, scenario, {}, date(2026, 5, 6)).walk.question is not None

    owner = roadmap_of(pack, scenario, {"person.kind": "owner"}, date(2026, 5, 6))
    assert [(each.guide, each.round, each.written) for each in owner.stations] == [
        ("sample", 1, True), ("second", 2, False), ("last", 3, False)]  # fmt: skip
    assert [(each.first, each.last) for each in owner.later] == [(date(2027, 1, 1), date(2027, 6, 30))]

    guest = roadmap_of(pack, scenario, {"person.kind": "guest"}, date(2026, 5, 6))
    assert [(each.guide, each.round) for each in guest.stations] == [("sample", 1), ("last", 2)]
    assert guest.later == ()
