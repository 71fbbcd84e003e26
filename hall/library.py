"""The content in force, loaded once per process and taken up anew when its files change."""

import threading
from datetime import date
from pathlib import Path

import structlog

from hall import clock
from hall.content.findings import Finding
from hall.content.load import load_pack
from hall.content.models import Pack
from hall.settings import settings

log = structlog.get_logger(__name__)


class Library:
    """One content root; `pack()` is cheap and never reads a file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] = (0, 0)
        self._whole = Pack()
        self._by_day: dict[date, Pack] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Loads the pack again when a file changed; whether it did. Mistakes are logged, the rest serves."""
        with self._lock:
            stamp = self._files_stamp()
            if stamp == self._stamp:
                return False
            self._whole, self.findings = load_pack(self.root)
            self._stamp, self._by_day = stamp, {}
        for finding in self.findings:
            log.error("content.mistake", finding=str(finding))
        return True

    def pack(self, on: date | None = None) -> Pack:
        """What is in force on a day, today when none is given."""
        day = on or clock.today()
        found = self._by_day.get(day)
        if found is None:
            found = in_force(self._whole, day)
            self._by_day[day] = found
        return found

    def _files_stamp(self) -> tuple[int, int]:
        files = [path for folder in ("guides", "forms", "data") for path in (self.root / folder).rglob("*.yaml")]
        return len(files), max((path.stat().st_mtime_ns for path in files), default=0)


def in_force(pack: Pack, on: date) -> Pack:
    """The pack with the guides and forms in force on a day."""
    return pack.model_copy(
        update={
            "guides": {key: guide for key, guide in pack.guides.items() if guide.in_force.contains(on)},
            "forms": {key: form for key, form in pack.forms.items() if form.in_force.contains(on)},
        }
    )


_libraries: dict[Path, Library] = {}
_making = threading.Lock()


def library() -> Library:
    """The library of this process's content directory."""
    root = settings().content_dir
    if root not in _libraries:
        with _making:
            if root not in _libraries:
                _libraries[root] = Library(root)
    return _libraries[root]
