"""Policy of setting up a branch: that of an enterprise which is no company."""

from tests.guides.branches import BranchPolicy


class TestNonCompanyBranch(BranchPolicy):
    """That of an enterprise which is no company."""

    kind = "non-company-enterprise"
    signs = "法定代表人"
