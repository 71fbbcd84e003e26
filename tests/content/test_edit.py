"""Definitions are written back as their editors wrote them."""

from datetime import date
from pathlib import Path

import pytest

from hall.content.edit import same_text, with_value
from hall.content.source import read_source
from hall.settings import ROOT

FILES = sorted(path for folder in ("guides", "forms", "data") for path in ROOT.glob(f"{folder}/**/*.yaml"))
TEXT = """\
# 第一行的注释
id: shop                    # 与文件名相同
title: '开店'
aliases: [开小店, "办执照"]
in_force: {from: 2026-05-01}   # 起用的日子

questions:   # 依次问
  - ask: shop.size
    # 为什么问
    why: 面积不同，材料不同。
  - {ask: place.right, when: {any: [{shop.size: 1}, {shop.size: 2}]}}
"""


def test_nothing_changed_is_nothing_changed():
    assert same_text(TEXT) == TEXT


def test_one_value_changes_and_all_else_stays():
    changed = with_value(TEXT, ["in_force", "until"], date(2027, 12, 31)).splitlines()
    differing = [(old, new) for old, new in zip(TEXT.splitlines(), changed, strict=True) if old != new]
    assert [new.split("#")[0].strip() for _, new in differing] == ["in_force: {from: 2026-05-01, until: 2027-12-31}"]
    assert differing[0][1].endswith("# 起用的日子")
    assert with_value(TEXT, ["title"], "开一家店").count("\n") == TEXT.count("\n")
    assert "why" not in with_value(TEXT, ["questions", 0, "why"], None)


def test_a_path_that_leads_nowhere_is_refused():
    with pytest.raises((KeyError, IndexError)):
        with_value(TEXT, ["questions", 7, "why"], "x")


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(ROOT).as_posix() for path in FILES])
def test_every_definition_survives_a_round_trip(path: Path):
    """To the letter, but for lists right inside lists, whose dashes move."""
    text = path.read_text(encoding="utf-8")
    back = same_text(text)
    assert back == text or "- - " in text
    assert same_text(back) == back
    assert read_source("x.yaml", back).data == read_source("x.yaml", text).data
