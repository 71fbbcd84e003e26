"""Where in the files a thing was written."""

from collections.abc import Mapping

from hall.content.findings import Finding, Severity
from hall.content.source import Source


class Places:
    """Makes findings at a path such as ("guides/close/x.yaml", "materials", 2, "form")."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources

    def finding(
        self, at: tuple[str | int, ...], severity: Severity, code: str, message: str, help: str | None = None
    ) -> Finding:
        """A finding at the nearest written value."""
        file = str(at[0])
        source = self.sources.get(file)
        line, column = source.place(at[1:]) if source else (1, 1)
        return Finding(file, line, column, severity, code, message, help)

    def error(self, at: tuple[str | int, ...], code: str, message: str, help: str | None = None) -> Finding:
        """An error there."""
        return self.finding(at, "error", code, message, help)
