"""Publicity: hidden unless the form says otherwise, and the seven groups of the annual report as the law has them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.known import Known
from hall.journey.publicity import optional_facts, public_data
from hall.journey.samples import sample_data
from hall.library import library

ALWAYS = {"subject.uscc", "subject.name", "contact.address", "contact.postcode", "contact.phone", "contact.email"}
NEVER = {"party.members"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return library().pack()


def shown(pack: Pack, publish: Any) -> dict[str, Any]:
    form = pack.forms["enterprise-annual-report"]
    values = parse_answers(pack.facts, sample_data(pack.facts, form))
    return public_data(form, Known(pack.facts, values), publish)


def test_identity_and_contact_are_public_and_figures_are_the_reporters_choice(pack: Pack) -> None:
    nothing, form = shown(pack, ()), pack.forms["enterprise-annual-report"]
    assert nothing.keys() >= ALWAYS
    assert not nothing.keys() & set(optional_facts(form))
    assert "finance.total_assets" in optional_facts(form)
    assert "finance.total_assets" in shown(pack, ["finance.total_assets"])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_exactly_the_chosen_optional_facts_come_to_the_public(data: st.DataObject) -> None:
    pack = library().pack()
    optional = optional_facts(pack.forms["enterprise-annual-report"])
    chosen = data.draw(st.sets(st.sampled_from(optional)))
    public = shown(pack, chosen | NEVER | {"no.such-fact"})
    assert public.keys() & set(optional) == {fact for fact in chosen if fact in shown(pack, optional)}
    assert not public.keys() & NEVER
