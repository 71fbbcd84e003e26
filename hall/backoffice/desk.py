"""Who may use the desk of the reference back office: one clerk, with a password made at the first start."""

import secrets
from pathlib import Path

from filelock import FileLock

CLERK = "clerk"


def demonstration_password(data_dir: Path) -> str:
    """The clerk's password of this installation; made once, kept readable for the owner only."""
    path = data_dir / "demonstration.clerk"
    data_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(9))
    return path.read_text()


def is_clerk(name: str, password: str, data_dir: Path) -> bool:
    """Whether these are the clerk's credentials."""
    right = demonstration_password(data_dir)
    return secrets.compare_digest(name, CLERK) & secrets.compare_digest(password.encode(), right.encode())
