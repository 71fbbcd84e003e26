"""What is wrong with a definition, and where."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding; line and column count from 1."""

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    help: str | None = None
    path: str | None = None

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}:{self.column}: {self.severity}[{self.code}]: {self.message}"
        tail = [f"  {key}: {value}" for key, value in (("path", self.path), ("help", self.help)) if value]
        return "\n".join([head, *tail])

    def as_dict(self) -> dict[str, Any]:
        """The keys of `hall check --json`."""
        return asdict(self)
