"""Policy of accreditation: who needs it, who may promise instead of being assessed first."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "inspection-body-accreditation"
NEW = {"lab.action": "new", "lab.field": True, "lab.independent": True}
END = {"applicant.is_agent": False}


@pytest.mark.parametrize(
    "answers",
    [{"lab.action": "new", "lab.field": False}, {"lab.action": "new", "lab.field": True, "lab.independent": False}],
)
def test_who_needs_none_or_cannot(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).state == "exit"


@pytest.mark.parametrize(("special", "options"), [([], ()), (["food"], ()), (["forensic"], ("ordinary",))])
def test_some_fields_cannot_promise(pack: Pack, special: list[str], options: tuple[str, ...]):
    done = walked(pack, GUIDE, {**NEW, "lab.special": special})
    assert done.question and done.question.ask == "lab.promise" and done.question.options == options


@pytest.mark.parametrize(("way", "promised"), [("promise", True), ("ordinary", False)])
def test_the_promise_is_signed(pack: Pack, way: str, promised: bool):
    done = walked(pack, GUIDE, {**NEW, "lab.special": [], "lab.promise": way, **END})
    assert ("promise" in materials(done)) == promised
    assert done.outcome and len(done.outcome.time_limits) == 1


def test_a_change_of_signatories_is_short(pack: Pack):
    due = materials(walked(pack, GUIDE, {"lab.action": "change", **END}))
    assert due == ["inspection-body-application", "legal-status", "change-proof", "old-certificate"]
