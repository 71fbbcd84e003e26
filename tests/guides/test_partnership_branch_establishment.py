"""Policy of setting up a branch: a partnership's."""

from tests.guides.branches import BranchPolicy


class TestPartnershipBranch(BranchPolicy):
    """A partnership's."""

    kind = "partnership"
    signs = "执行事务合伙人"
