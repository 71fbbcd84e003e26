"""The states of a submission, in one table."""

from hall.content.errors import HallError

NEXT: dict[str, tuple[str, ...]] = {
    "submitted": ("delivered", "withdrawn", "returned"),
    "delivered": ("accepted", "correction-required", "not-accepted", "rejected", "withdrawn"),
    "accepted": ("completed", "correction-required", "rejected", "objected", "corrected", "withdrawn"),
    "correction-required": ("corrected", "rejected", "withdrawn", "lapsed"),
    "corrected": (),
    "completed": ("corrected",),
    "objected": (),
    "not-accepted": (),
    "rejected": (),
    "withdrawn": (),
    "returned": (),
    "lapsed": (),
}
TITLES = {
    "submitted": "已提交",
    "delivered": "已送达登记机关",
    "accepted": "已受理",
    "correction-required": "需要补正",
    "corrected": "已提交补正",
    "completed": "已办结",
    "objected": "有异议，已终止",
    "not-accepted": "不予受理",
    "rejected": "已驳回",
    "withdrawn": "已撤回",
    "returned": "没有送成，已退回",
    "lapsed": "逾期未补正，已终止",
}
FINAL = frozenset(("corrected", "completed", "objected", "not-accepted", "rejected", "withdrawn", "returned", "lapsed"))
"""Nothing more comes of it by itself; a completed annual report may still be corrected by its reporter."""
RELEASED = frozenset(("not-accepted", "rejected", "withdrawn", "returned", "lapsed"))
"""What was filed once may be filed again."""


class StateError(HallError):
    """A step that the state table doesn't have."""


def moved(state: str, to: str) -> str:
    """The new state; StateError when the table has no such step."""
    if to not in NEXT.get(state, ()):
        raise StateError(f"“{TITLES.get(state, state)}”之后不能是“{TITLES.get(to, to)}”。")
    return to
