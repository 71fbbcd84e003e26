"""Policy of filing the contact person: a new one proves who it is."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked


@pytest.mark.parametrize("kind", ["company", "individual-business", "branch", "farmers-cooperative"])
@pytest.mark.parametrize(("is_new", "more"), [(True, ["contact-identity"]), (False, [])])
def test_every_kind_of_subject_files_it_with_one_sheet(pack: Pack, kind: str, is_new: bool, more: list[str]):
    answers = {"registered.subject.kind": kind, "contact.is_new": is_new, "applicant.is_agent": False}
    assert materials(walked(pack, "contact-person-filing", answers)) == ["contact-person-information", *more]
