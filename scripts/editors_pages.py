"""Writes what the docs for editors take from the program: docs/errors.md, and the list of keys in docs/editing.md.

    python scripts/editors_pages.py

tests/check/test_docs.py holds pages and program together.
"""

from hall.check.codes import Code, codes
from hall.content.keys import KEYS, NOUNS
from hall.settings import ROOT

MARK = "## 全部的名字"
_HEAD = """# 检查会说的话

`hall check` 的每一种发现：是什么意思，一个错的和一个对的例子。`hall explain 代码` 说的是同样的话。
本页由 `python scripts/editors_pages.py` 写出，例子都由测试检查过。

错误（error）改好以前不能发布；提醒（warning）要人看过；附注（note）可以不管。

"""
_LEVELS = {"error": "错误", "warning": "提醒", "note": "附注"}
_FILES = {
    "guide": "指南", "part": "片段", "form": "表格", "facts": "data/facts", "scenario": "情景", "laws": "data/laws.yaml",
}  # fmt: skip
_REFERENCE = ("Law", "Authority", "Planned", "ScenarioTitle")
"""Of the reference data in data/, which is written once and has its own comments."""


def errors_page() -> str:
    """The text of docs/errors.md."""
    rows = "".join(
        f"| [{each.code}](#{each.code}) | {_LEVELS[each.severity]} | {each.title} |\n" for each in codes().values()
    )
    return _HEAD + "| 代码 | | |\n|---|---|---|\n" + rows + "".join(map(_section, codes().values()))


def _section(code: Code) -> str:
    wrong, right = code.wrong.rstrip(), code.right.rstrip()
    where = _FILES.get(code.where, "")
    return (
        f"\n## {code.code}\n\n**{code.title}**（{_LEVELS[code.severity]}）。{code.meaning}\n\n"
        f"错（{where}）：\n\n```yaml\n{wrong}\n```\n\n对：\n\n```yaml\n{right}\n```\n"
    )


def keys_section() -> str:
    """The last section of docs/editing.md: every key and what it means."""
    parts = [f"{MARK}\n\n编辑器里鼠标停在名字上，说的是同样的话。\n"]
    for model, keys in KEYS.items():
        if model not in _REFERENCE:
            rows = "".join(f"| `{key}` | {meaning.replace('|', '/')} |\n" for key, meaning in keys.items())
            parts.append(f"\n### {NOUNS[model]}\n\n| 名字 | 意思 |\n|---|---|\n{rows}")
    return "".join(parts)


def editing_page(text: str) -> str:
    """docs/editing.md with its last section as it should be."""
    return text.partition(MARK)[0].rstrip() + "\n\n" + keys_section()


if __name__ == "__main__":
    (ROOT / "docs" / "errors.md").write_text(errors_page(), encoding="utf-8")
    editing = ROOT / "docs" / "editing.md"
    editing.write_text(editing_page(editing.read_text(encoding="utf-8")), encoding="utf-8")
