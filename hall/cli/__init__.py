"""The command line. Each module has the commands of one noun; exit status 0 yes, 1 refusal, 2 wrong use.

Modules are found by themselves. Those that editors use all day are imported alone, so that `hall check`
doesn't wait for the pages.
"""

import sys
from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typer

ALONE = {
    "checking": ("check", "explain"),
    "content": ("list", "example", "walk"),
    "editing": ("facts", "review"),
    "writing": ("paths", "schema", "new"),
}
"""Modules whose commands need no other module, and their commands."""
_ORDER = (*ALONE, "documents", "operations", "handoff", "registry", "serving")


def modules() -> list[str]:
    """Every module with commands, in the order of the help."""
    found = [each.name for each in iter_modules(__path__) if each.name != "common"]
    return sorted(found, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))


def build(names: Iterable[str]) -> "typer.Typer":
    """The command line with the commands of these modules."""
    import typer

    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)

    @app.callback(help="网上办事大厅：检查内容、走指南、出表格、送后台。")
    def _hall() -> None:  # with one command alone, Typer would leave its name out
        from hall.logs import configure

        configure()

    for name in names:
        import_module(f"hall.cli.{name}").add_to(app)
    return app


def main() -> None:
    """Runs the command that the arguments name."""
    named = next((each for each in sys.argv[1:] if not each.startswith("-")), None)
    alone = [name for name, commands in ALONE.items() if named in commands]
    build(alone or modules())(prog_name="hall")


def __getattr__(name: str) -> Any:
    """`app`: the whole command line, built when it is asked for."""
    if name == "app":
        globals()["app"] = build(modules())
        return globals()["app"]
    raise AttributeError(name)
