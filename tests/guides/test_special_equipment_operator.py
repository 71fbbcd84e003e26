"""Policy of operators' certificates: examined first, reviewed while one keeps at it."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "special-equipment-operator"
FIRST = {"worker.action": "first", "worker.item": "N1"}


@pytest.mark.parametrize(
    "answers",
    [
        {**FIRST, "worker.adult": False},
        {**FIRST, "worker.adult": True, "worker.passed": False},
        {"worker.action": "review", "worker.item": "G1", "worker.worked": False},
    ],
)
def test_who_gets_no_certificate(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).state == "exit"


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({**FIRST, "worker.adult": True, "worker.passed": True}, ["education", "health", "exam-result"]),
        ({"worker.action": "review", "worker.item": "G1", "worker.worked": True}, ["work-proof", "old-certificate"]),
        ({"worker.action": "reissue", "worker.item": "T"}, ["old-certificate"]),
    ],
)
def test_materials(pack: Pack, answers: dict[str, Any], more: list[str]):
    due = materials(walked(pack, GUIDE, answers))
    assert due == ["special-equipment-operator-application", "identity", "photo", *more]
