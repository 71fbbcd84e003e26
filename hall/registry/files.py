"""Where the registry lies: one SQLite file for each load, and `current`, which names the one that serves.

A load builds a new file and then replaces `current` in one step. Files have a name of their own for each
load, so that SQLite's write-ahead log of one can't meet the data of another.
"""

import contextlib
import os
from pathlib import Path

from filelock import FileLock


def folder(data_dir: Path) -> Path:
    """The registry's folder."""
    return data_dir / "registry"


def lock(data_dir: Path, timeout: float = -1) -> FileLock:
    """Held by the one process that changes the registry; the system frees it when the process dies."""
    folder(data_dir).mkdir(parents=True, exist_ok=True)
    return FileLock(folder(data_dir) / "load.lock", timeout=timeout)


def current(data_dir: Path) -> Path | None:
    """The file that serves; None before the first load."""
    try:
        name = (folder(data_dir) / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    return folder(data_dir) / name


def stamp(data_dir: Path) -> tuple[int, int] | None:
    """Changes whenever another file serves."""
    try:
        found = os.stat(folder(data_dir) / "current")
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def report(data_dir: Path) -> Path:
    """The rows that the last load refused."""
    return folder(data_dir) / "rejected.csv"


def new_file(data_dir: Path) -> Path:
    """A name for the next load; all but what serves is removed. Call it with the lock held."""
    serving = _number(current(data_dir))
    for path in folder(data_dir).glob("subjects-*"):
        if _number(path) != serving:
            with contextlib.suppress(OSError):
                path.unlink()
    return folder(data_dir) / f"subjects-{serving + 1:06d}.sqlite"


def swap_in(data_dir: Path, built: Path) -> None:
    """Lets the built file serve from now on, durably; the one before stays for readers that still hold it."""
    _sync(built)
    pointer = folder(data_dir) / "current.new"
    pointer.write_text(built.name, encoding="ascii")
    _sync(pointer)
    os.replace(pointer, folder(data_dir) / "current")
    _sync(folder(data_dir))


def _number(path: Path | None) -> int:
    """The number in a file's name, which SQLite's companions (-wal, -shm) share; 0 for no file."""
    return int(path.name.split("-")[1].split(".")[0]) if path else 0


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
