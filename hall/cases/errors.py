"""What can go wrong with a case."""

from hall.content.errors import HallError


class CaseError(HallError):
    """A case, submission or receipt that isn't there, or can't do what was asked."""
