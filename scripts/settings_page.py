"""Writes docs/settings.md from the settings themselves; tests/test_docs.py holds the two together.

    python scripts/settings_page.py
"""

from hall.settings import ROOT, Settings

HEAD = """# Settings

From the environment or a `.env` file. Made by `python scripts/settings_page.py`.

| setting | default | meaning |
|---|---|---|
"""


def page() -> str:
    """The page's text."""
    return HEAD + "".join(_row(name) for name in Settings.model_fields)


def _row(name: str) -> str:
    field = Settings.model_fields[name]
    default = str(field.default).replace(str(ROOT), "…")
    return f"| `HALL_{name.upper()}` | {f'`{default}`' if default else ''} | {field.description} |\n"


if __name__ == "__main__":
    (ROOT / "docs" / "settings.md").write_text(page(), encoding="utf-8")
