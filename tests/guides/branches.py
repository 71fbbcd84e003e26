"""Policy that the guides which set up branches share: each kind of enterprise finds its own; a branch has no capital."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from tests.guides.walks import materials, walked

GUIDES = {
    "company": "company-branch-establishment",
    "partnership": "partnership-branch-establishment",
    "sole-proprietorship": "sole-proprietorship-branch-establishment",
    "non-company-enterprise": "non-company-branch-establishment",
    "farmers-cooperative": "cooperative-branch-establishment",
    "foreign": "foreign-enterprise-activity",
    "individual-business": "individual-business-establishment",
}
PLAIN: dict[str, Any] = {"company.pre_approval": False, "domicile.right": "cluster", "applicant.is_agent": False}


class BranchPolicy:
    """The tests of one guide; `kind` is the enterprise that it is for, `signs` who signs its application."""

    kind: str
    signs: str

    @property
    def guide(self) -> str:
        """The guide under test."""
        return GUIDES[self.kind]

    @pytest.mark.parametrize("kind", GUIDES)
    def test_every_other_kind_of_enterprise_is_sent_to_its_own_guide(self, pack: Pack, kind: str):
        done = walked(pack, self.guide, {"parent.kind": kind})
        if kind == self.kind:
            assert done.state == "question"
        else:
            assert done.exit and done.exit.refer == GUIDES[kind]

    def test_the_enterprise_and_the_person_in_charge_are_proved(self, pack: Pack):
        due = materials(walked(pack, self.guide, {**PLAIN, "parent.kind": self.kind}))
        wanted = {"branch-person-in-charge", "appointment-document", "parent-licence", "person-in-charge-identity"}
        assert wanted <= {*due} and "cluster-certificate" in due

    def test_nobody_asks_a_branch_for_capital_owners_or_a_legal_representative(self, pack: Pack):
        answers = parse_answers(pack.facts, {**PLAIN, "parent.kind": self.kind})
        course = course_of(pack, pack.guides[self.guide], answers, {})
        asked = {ask.fact.id for stop in course.stops for ask in stop.asks}
        assert {"person_in_charge.name", "parent.uscc", "company.scope"} <= asked
        assert not {fact for fact in asked if fact.startswith(("legal_representative.", "shareholders", "partners"))}
        assert not {fact for fact in asked if fact.endswith(".capital")}

    def test_the_enterprise_signs_not_the_branch(self, pack: Pack):
        form = pack.forms[pack.guides[self.guide].submits.form]  # type: ignore[union-attr]
        signers = [sign.label for section in form.sections for sign in section.sign if sign.fact == "parent.head"]
        assert len(signers) == 1 and self.signs in (signers[0] or "")
