"""Policy of setting up a branch: a sole proprietorship's."""

from tests.guides.branches import BranchPolicy


class TestSoleProprietorshipBranch(BranchPolicy):
    """A sole proprietorship's."""

    kind = "sole-proprietorship"
    signs = "投资人"
