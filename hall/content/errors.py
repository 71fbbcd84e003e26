"""The error tree. Every message is Chinese, says what is wrong and what to do.

HallError
└── AnswerError   a value that isn't accepted: which fact, and every place in it that is wrong
"""


class HallError(Exception):
    """Something a user can be told."""


class AnswerError(HallError):
    """A value that isn't accepted; `errors` lists (fact id or place, message)."""

    def __init__(self, fact_id: str, message: str, errors: list[tuple[str, str]] | None = None) -> None:
        super().__init__(message)
        self.fact_id = fact_id
        self.errors = errors or [(fact_id, message)]
