"""Policy of suspending business: before it, with the staff's affairs settled, three years at most."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = "dormancy"
COMPANY = {"registered.subject.kind": "company"}
FIRST = {"dormancy.matter": "start", "dormancy.exhausted": False}


@pytest.mark.parametrize("replaced", [True, False])
@pytest.mark.parametrize("kind", ["company", "individual-business", "branch"])
def test_an_address_in_place_of_the_premises_is_confirmed(pack: Pack, kind: str, replaced: bool):
    answers = {**FIRST, "dormancy.staff_agreed": "no-staff", "dormancy.uses_delivery_address": replaced}
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **answers, "applicant.is_agent": False})
    more = ["delivery-address-confirmation"] if replaced else []
    assert materials(done) == ["dormancy-application", *more]


def test_three_years_are_the_end(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "dormancy.matter": "extend", "dormancy.exhausted": True})
    assert done.exit and done.exit.refer == "dormancy-end"


def test_the_staff_is_spoken_with_first(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, **FIRST, "dormancy.staff_agreed": "open"})
    assert done.exit and done.exit.refer is None


@pytest.mark.parametrize(
    ("matter", "changed", "wrong"),
    [
        ("start", {"dormancy.from": "2026-06-01", "dormancy.until": "2029-06-01"}, []),
        ("start", {"dormancy.from": "2026-06-01", "dormancy.until": "2029-06-02"}, ["dormancy.until"]),
        (
            "extend",
            {"dormancy.from": "2026-06-01", "dormancy.until": "2027-05-31", "dormancy.extended_until": "2029-06-02"},
            ["dormancy.extended_until"],
        ),
    ],
)
def test_never_longer_than_three_years(pack: Pack, matter: str, changed: dict[str, str], wrong: list[str]):
    form = pack.forms["dormancy-application"]
    data = sample_data(pack.facts, form) | {"dormancy.matter": matter} | changed
    known = Known(pack.facts, parse_answers(pack.facts, data))
    assert [each.fact for each in problems_of(form, known)] == wrong
