"""Policy of the electronic licence: the head fetches it in person and lets others use it."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import walked

GUIDE = "electronic-licence"


@pytest.mark.parametrize("wants", ["get", "authorise", "phone"])
@pytest.mark.parametrize(("person", "state"), [("head", "outcome"), ("other", "exit")])
def test_only_the_head_fetches_and_authorises(pack: Pack, wants: str, person: str, state: str):
    done = walked(pack, GUIDE, {"elicence.wants": wants, "elicence.person": person})
    assert done.state == state


@pytest.mark.parametrize("wants", ["use", "copy", "verify"])
def test_anybody_uses_and_verifies(pack: Pack, wants: str):
    done = walked(pack, GUIDE, {"elicence.wants": wants})
    assert done.outcome and done.outcome.steps and done.outcome.fee == "none"
