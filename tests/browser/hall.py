"""A hall and its back office as processes of their own, for tests in a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import httpx

from hall.backoffice.desk import CLERK, demonstration_password

START_S = 60


class Hall:
    """The processes, their addresses, and the clerk at the back office's desk."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        port, office = free_port(), free_port()
        self.url, self.office_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{office}"
        self.environment = {
            **os.environ, "HALL_DATA_DIR": str(folder), "HALL_PORT": str(port), "HALL_BACKOFFICE_URL": self.office_url,
            **settings,
        }  # fmt: skip
        self.log = (folder / "log.txt").open("a")
        self.office = self._run("backoffice", "--port", str(office))
        self.hall = self._run("serve")
        wait_for(f"{self.url}/readyz")
        wait_for(f"{self.office_url}/openapi.json")

    def restart(self, **settings: str) -> None:
        """Kills the hall as a power cut would, and starts it again."""
        self.hall.kill()
        self.hall.wait()
        self.environment |= settings
        self.hall = self._run("serve")
        wait_for(f"{self.url}/readyz")

    def decide(self, state: str, text: str, field: str = "", nth: int = 0) -> None:
        """What the clerk does with a submission at the desk, the newest by default."""
        auth = (CLERK, demonstration_password(self.folder))
        with httpx.Client(base_url=self.office_url, auth=auth, follow_redirects=True) as desk:
            page = _until(lambda: desk.get("/desk").text, lambda html: html.count('action="/desk/') > nth)
            identity = page.split('action="/desk/')[nth + 1].split('"')[0]
            answer = desk.post(f"/desk/{identity}", data={"state": state, "text": text, "field": field})
            assert answer.status_code == 200, answer.text

    def stop(self) -> None:
        """Ends both."""
        for process in (self.hall, self.office):
            process.terminate()
        for process in (self.hall, self.office):
            process.wait(timeout=15)
        self.log.close()

    def _run(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "hall", *words]
        return subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=self.log)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    """Until the address answers with success."""

    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    _until(answers, bool)


def _until(look, enough):  # type: ignore[no-untyped-def]
    """Looks again and again until it is enough; AssertionError after START_S."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if enough(seen := look()):
            return seen
        time.sleep(0.1)
    raise AssertionError(f"not within {START_S} s")
