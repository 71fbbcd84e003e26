"""The docs say what the program does."""

import re

from typer.main import get_command

from hall.cli import app
from hall.settings import ROOT
from scripts.settings_page import page


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert [name for name in commands if not re.search(rf"`{name}\b", readme)] == []


def test_every_command_and_option_has_help() -> None:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert command.help, name


def test_settings_are_listed_as_they_are() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page()


def test_links_and_pictures_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(((?!http)[^)]+)\)", readme)
    assert targets and [each for each in targets if not (ROOT / each).exists()] == []
