"""How many submissions a second are durable, and delivered; and the last day's surge with an outage in it.

    python -m bench.handoff                        SQLite, fsync on
    python -m bench.handoff --postgres URL         the same on PostgreSQL (a database that may be filled)
    python -m bench.handoff --surge 600            30 a second for ten minutes, the back office down for two of them

The reference back office runs in a process of its own on the same machine, with fsync on as well: what is measured
is both sides. Cases are opened beforehand: opening one hashes an access code on purpose slowly.
"""

import argparse
import multiprocessing
import os
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from argon2 import PasswordHasher

import hall.cases.access as access
from hall import clock
from hall.backoffice.app import make_app
from hall.backoffice.store import Store
from hall.cases.submit import submit
from hall.cases.tables import Case
from hall.content.load import load_pack
from hall.content.models import Guide, Pack
from hall.database import engine, reading, upgrade, writing
from hall.handoff.board import board
from hall.handoff.client import BackOffice
from hall.handoff.signing import Signer, private_key
from hall.handoff.worker import run
from hall.journey.answers import parse_answers
from hall.settings import settings
from tests.packs import FORM, GUIDE, write_pack

ANSWERS = {"person.kind": "owner", "person.age": 30, "company.capital": "1.5",
           "people": [{"name": "甲", "foreign": False, "amount": "1.5"}]}  # fmt: skip
APPLICANTS = 8
"""Threads that hand in at the same time."""


class Bench:
    """One hall with opened cases."""

    def __init__(self, root: Path, cases: int) -> None:
        content = write_pack(root / "pack", GUIDE + "submits: {kind: filing, form: sheet}\n", FORM)
        self.pack: Pack = load_pack(content)[0]
        self.guide: Guide = self.pack.guides["sample"]
        self.values = parse_answers(self.pack.facts, ANSWERS)
        access._hasher = PasswordHasher(1, 8, 1)
        with writing() as session:
            self.cases = [access.open_case(session, self.guide, clock.now())[0].id for _ in range(cases)]

    def hand_in(self, case: int | None) -> float:
        """Seconds until the receipt may be shown."""
        begun = time.perf_counter()
        with writing() as session:
            submit(session, self.pack, session.get_one(Case, case), self.values, clock.now())
        return time.perf_counter() - begun


def throughput(bench: Bench, url: str, seconds: float) -> dict[str, float]:
    """Durable submissions a second alone; then with delivery beside them, until the queue is empty."""
    half = len(bench.cases) // 2
    alone, _ = _flood(bench, bench.cases[:half], seconds)
    with _worker(url):
        _drained()
        begun, before = time.perf_counter(), _delivered()
        both, _ = _flood(bench, bench.cases[half:], seconds)
        meanwhile = (_delivered() - before) / (time.perf_counter() - begun)
        waiting = _waiting()
        drained = _drained()
    return {"durable a second, alone": alone, "durable a second, delivery beside": both,
            "delivered a second meanwhile": meanwhile, "left in the queue": waiting, "drained after s": drained}  # fmt: skip


def surge(bench: Bench, office: "Office", rate: float, seconds: float) -> dict[str, float]:
    """A steady stream; the back office is away from two fifths of it on, for a fifth."""
    taken: list[float] = []
    with _worker(office.url), ThreadPoolExecutor(32) as pool:
        begun, futures = time.perf_counter(), []
        for number, case in enumerate(bench.cases[: int(rate * seconds)]):
            due = begun + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            if office.up and 0.4 <= number / (rate * seconds) < 0.6:
                office.stop()
            elif not office.up and number / (rate * seconds) >= 0.6:
                office.start()
            futures.append(pool.submit(bench.hand_in, case))
        taken = [future.result() for future in futures]
        left, drained = _waiting(), _drained()
    cuts = statistics.quantiles(taken, n=100)
    return {"submitted": len(taken), "p50 ms": cuts[49] * 1000, "p99 ms": cuts[98] * 1000, "max ms": max(taken) * 1000,
            "left in the queue at the end": left, "drained after s": drained}  # fmt: skip


class Office:
    """The reference back office in a process of its own, which may be away."""

    def __init__(self, path: Path) -> None:
        self.path, self.key = path, private_key().public_key().public_bytes_raw()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url, self.up = f"http://127.0.0.1:{self.port}", False

    def start(self) -> None:
        """It answers when this returns."""
        self.process = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(self.path, self.key, self.port), daemon=True
        )
        self.process.start()
        while True:
            try:
                httpx.get(self.url)
                break
            except httpx.HTTPError:
                time.sleep(0.05)
        self.up = True

    def stop(self) -> None:
        """It's gone."""
        self.process.kill()
        self.process.join()
        self.up = False


def _serve(path: Path, key: bytes, port: int) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    app = make_app(Store(path), [Ed25519PublicKey.from_public_bytes(key)])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def _flood(bench: Bench, cases: list[int | None], seconds: float) -> tuple[float, list[float]]:
    """Submissions a second, as fast as the applicants can, for so many seconds or as long as there are cases."""
    end, begun, taken = time.perf_counter() + seconds, time.perf_counter(), []

    def applicant(mine: list[int | None]) -> list[float]:
        return [bench.hand_in(case) for case in mine if time.perf_counter() < end]

    with ThreadPoolExecutor(APPLICANTS) as pool:
        for some in pool.map(applicant, [cases[at::APPLICANTS] for at in range(APPLICANTS)]):
            taken += some
    return len(taken) / (time.perf_counter() - begun), taken


@contextmanager
def _worker(url: str) -> Iterator[None]:
    stop = threading.Event()
    with httpx.Client(base_url=url, timeout=5) as http:
        office = BackOffice(http, Signer(private_key()))
        thread = threading.Thread(target=run, args=(office, clock.now, stop, 0.2, settings().senders))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


def _drained() -> float:
    begun = time.perf_counter()
    while _waiting():
        time.sleep(0.1)
    return time.perf_counter() - begun


def _waiting() -> int:
    with reading() as session:
        return board(session, clock.now()).waiting


def _delivered() -> int:
    with reading() as session:
        return board(session, clock.now()).delivered


def _fsync_ms(folder: Path) -> float:
    """What one small durable write costs on this disk."""
    with (folder / "probe").open("wb", buffering=0) as file:
        begun = time.perf_counter()
        for _ in range(100):
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
        return (time.perf_counter() - begun) * 10


def main() -> None:
    """Prints what was measured."""
    import logging

    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", default="", help="SQLAlchemy URL of a database that may be filled")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument(
        "--surge", type=float, default=0, help="seconds of the stream; 600 is the day's last ten minutes"
    )
    parser.add_argument("--rate", type=float, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["HALL_DATA_DIR"] = str(root / "var")
        if given.postgres:
            os.environ["HALL_DATABASE_URL"] = given.postgres
        upgrade()
        print(
            f"{engine().dialect.name}; fsync {_fsync_ms(root):.2f} ms; {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}"
        )
        bench = Bench(root, int(given.surge * given.rate) if given.surge else int(given.seconds * 1200))
        office = Office(root / "office.db")
        office.start()
        figures = (
            surge(bench, office, given.rate, given.surge)
            if given.surge
            else throughput(bench, office.url, given.seconds)
        )
        for name, value in figures.items():
            print(f"{name:36} {value:10.1f}")
        office.stop()
        engine().dispose()


if __name__ == "__main__":
    main()
