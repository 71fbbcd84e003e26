"""Policy of registering special equipment: which, when inspected, with which papers for which occasion."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "special-equipment-use-registration"
END = {"applicant.is_agent": False}
FIRST = {"equipment.action": "first", "equipment.inspected": True, **END}


@pytest.mark.parametrize(
    "answers",
    [
        {"equipment.listed": False},
        {
            "equipment.listed": True,
            "equipment.kind": "boiler",
            "equipment.action": "first",
            "equipment.inspected": False,
        },
        {
            "equipment.listed": True,
            "equipment.kind": "crane",
            "equipment.action": "resume",
            "equipment.inspected": False,
        },
    ],
)
def test_nothing_uninspected_is_registered(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).state == "exit"


@pytest.mark.parametrize(
    ("kind", "own"), [("elevator", {"maintenance-contract"}), ("boiler", {"boiler-energy"}), ("vehicle", set())]
)
def test_a_new_device_of_each_kind(pack: Pack, kind: str, own: set[str]):
    due = set(materials(walked(pack, GUIDE, {"equipment.listed": True, "equipment.kind": kind, **FIRST})))
    assert {"maintenance-contract", "boiler-energy"} & due == own
    assert {"identity", "product-papers", "installation-certificate"} <= due and "old-certificate" not in due


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"equipment.action": "scrap"}, ["scrap-papers", "old-certificate"]),
        ({"equipment.action": "suspend"}, []),
        ({"equipment.action": "rename"}, ["identity", "rename-papers", "old-certificate"]),
        (
            {"equipment.action": "owner", "equipment.inspected": True, "equipment.crosses": False},
            ["identity", "installation-certificate", "transfer-papers", "old-certificate"],
        ),
    ],
)
def test_later_occasions(pack: Pack, answers: dict[str, Any], expected: list[str]):
    assert materials(walked(pack, GUIDE, {"equipment.listed": True, "equipment.kind": "crane", **answers, **END})) == [
        GUIDE,
        *expected,
    ]
