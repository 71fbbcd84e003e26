"""Policy of setting up a branch: a company's."""

from tests.guides.branches import BranchPolicy


class TestCompanyBranch(BranchPolicy):
    """A company's."""

    kind = "company"
    signs = "法定代表人"
