"""What the processes run that `test_kills.py` kills: an applicant who hands in without a pause, and a worker."""

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from argon2 import PasswordHasher

from hall.cases import access
from hall.cases.submit import submit
from hall.content.load import load_pack
from hall.database import engine, writing
from hall.handoff.client import BackOffice
from hall.handoff.signing import Signer, private_key
from hall.handoff.worker import deliver_all
from hall.journey.answers import parse_answers
from hall.settings import settings
from tests.handoff.world import ANSWERS

MOST = 6
"""Submissions of one applicant, so that there is an end to counting them."""


def begin(environment: dict[str, str]) -> None:
    """The settings of the test, in this process."""
    os.environ.update(environment)
    settings.cache_clear()
    engine.cache_clear()
    access._hasher = PasswordHasher(1, 8, 1)


def applicant(environment: dict[str, str], content: Path, shown: Path) -> None:
    """Hands in some, then waits for its end; a receipt that was shown is a line in a file."""
    begin(environment)
    pack = load_pack(content)[0]
    out = os.open(shown, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number in range(MOST):
        now = datetime.now(UTC)
        files = [("deed.pdf", b"%PDF-" + os.urandom(8))] if number % 3 == 0 else []
        with writing() as session:
            case, _ = access.open_case(session, pack.guides["sample"], now)
            receipt = submit(session, pack, case, parse_answers(pack.facts, ANSWERS), now, files)
        os.write(out, f"{receipt.receipt}\n".encode())
    signal.pause()


def worker(environment: dict[str, str], url: str, later: timedelta) -> None:
    """Delivers again and again, by a clock that is so much later that the leases of the dead ones have run out."""
    begin(environment)
    with httpx.Client(base_url=url, timeout=5) as http:
        office = BackOffice(http, Signer(private_key()))
        while True:
            deliver_all(office, lambda: datetime.now(UTC) + later, senders=2)
