"""Policy of a company's change of domicile: who decides, where it is filed, what is asked anew."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import Course, course_of
from hall.journey.forms import problems_of
from hall.journey.prefill import as_registered, changed_facts, prefilled
from tests.guides.walks import materials, walked

GUIDE = "company-domicile-change"
COMPANY = {"registered.subject.kind": "company"}
ONE = [{"name": "李文静", "kind": "person", "contribution": 100}]
TWO = [*ONE, {"name": "王海涛", "kind": "person", "contribution": 100}]
PLACE = {
    "articles.amends_more": False, "domicile.right": "cluster", "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
HERE = {"change.within_authority": True}


@pytest.mark.parametrize("kind", ["company", "partnership", "individual-business"])
def test_another_authoritys_area_leads_to_migration(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "change.within_authority": False})
    assert done.exit and done.exit.refer == "migration"


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("partnership", "partnership-change"),
        ("sole-proprietorship", "sole-proprietorship-change"),
        ("individual-business", "individual-business-change"),
        ("farmers-cooperative", "cooperative-change"),
        ("branch", "company-branch-change"),
        ("non-company-enterprise", "non-company-enterprise-change"),
    ],
)
def test_other_kinds_of_subject_have_their_own_guide(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **HERE})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        ("limited", "shareholders-resolution"),
        ("joint-stock", "shareholders-resolution"),
        ("state-owned", "state-investor-decision"),
    ],
)
def test_who_decides_depends_on_the_companys_type(pack: Pack, kind: str, decision: str):
    done = walked(pack, GUIDE, {**COMPANY, "registered.shareholders": TWO, **HERE, "company.type": kind, **PLACE})
    assert materials(done) == [
        "company-registration-application", decision, "articles-amendment", "cluster-certificate",
    ]  # fmt: skip


@pytest.mark.parametrize(("rows", "sole"), [(ONE, True), (TWO, False)])
def test_the_registry_says_whether_one_shareholder_decides(pack: Pack, rows: list[Any], sole: bool):
    done = walked(pack, GUIDE, {**COMPANY, "registered.shareholders": rows, **HERE, "company.type": "limited"})
    assert done.question and done.question.ask == "articles.amends_more"  # the number of shareholders isn't asked
    assert done.known("change.by_sole_shareholder") is sole


def test_without_registered_shareholders_their_number_is_asked(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, **HERE, "company.type": "limited"})
    assert done.question and done.question.ask == "change.decided_by"


def _course(pack: Pack) -> Course:
    """A case whose questions are answered, with the registry's values."""
    guide = pack.guides[GUIDE]
    raw = {"subject.name": "示范有限公司", "subject.uscc": "91000000MA0000001R", "domicile.address": "旧路 8 号"}
    registered = {
        **parse_answers(pack.facts, raw), "subject.kind": "company", "legal_representative.name": "李文静",
        "shareholders": tuple(parse_answers(pack.facts, {"registered.shareholders": TWO})["registered.shareholders"]),
    }  # fmt: skip
    answers = parse_answers(pack.facts, {**HERE, "company.type": "limited", **PLACE})
    return course_of(pack, guide, {**prefilled(pack, guide, registered), **answers}, as_registered(registered))


def test_only_the_domicile_is_asked_anew(pack: Pack):
    assert changed_facts(pack, pack.guides[GUIDE]) == {"domicile.address"}
    course = _course(pack)
    assert course.known("subject.present_name") == "示范有限公司"
    assert course.known("domicile.address") is None
    assert course.known("registered.domicile.address") == "旧路 8 号"


def test_what_the_guide_settles_fills_the_application(pack: Pack):
    course = _course(pack)
    assert course.known("change.items") == ("domicile", "articles")
    asked = {ask.fact.id for stop in course.stops for ask in stop.asks if stop.kind == "form"}
    assert {"domicile.address", "articles.domicile_article", "meeting.held_on"} <= asked
    assert not asked & {"change.items", "application.kind", "company.capital", "company.scope", "articles.amendments"}
    missing = {each.fact for each in problems_of(pack.forms["company-registration-application"], course.known)}
    assert "domicile.address" in missing and not missing & {"subject.name", "subject.uscc", "change.items"}
