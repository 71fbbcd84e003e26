"""The back office as the hall calls it, after docs/openapi/backoffice.yaml; each kind of trouble has a name."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx

from hall import clock as hall_clock
from hall.handoff.retry import moment, retry_after
from hall.handoff.signing import Signer, private_key
from hall.settings import settings

TIMEOUT = httpx.Timeout(10, connect=5)
WHOLE_ANSWER_S = 30.0
"""However slowly an answer trickles in."""
MOST_BYTES = 4 * 1024 * 1024

KINDS = {
    "network": "连不上后台",
    "timeout": "后台没有按时回答",
    "server": "后台出错",
    "throttled": "后台要求慢一些",
    "nonsense": "后台的回答看不懂",
    "signature": "后台不认我们的签名",
    "missing": "后台说缺少材料",
    "refused": "后台拒收",
    "conflict": "后台已有同号而内容不同的一份",
}
"""Kinds of trouble, in words for the staff."""


class Trouble(Exception):
    """A call that didn't work: `kind` is one of KINDS, the text is for the staff."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{KINDS[kind]}：{detail}" if detail else KINDS[kind])
        self.kind = kind


class Unavailable(Trouble):
    """Try again later; not before `after`, when the back office says so."""

    def __init__(self, kind: str, detail: str = "", after: timedelta | None = None) -> None:
        super().__init__(kind, detail)
        self.after = after


class Refused(Trouble):
    """The back office won't take it as it is: a person must look."""


class Absent(Trouble):
    """The back office has no such submission."""


@dataclass
class BackOffice:
    """One back office; `http` has its base URL. May be used by several threads."""

    http: httpx.Client
    signer: Signer
    clock: Callable[[], datetime] = hall_clock.now
    skew: timedelta = timedelta()
    """How far its clock was ahead of ours at the last answer."""

    def submit(self, identity: str, body: bytes, sha256: str) -> str:
        """The back office's receipt number; the same for the same submission again.

        A conflict is looked into: if it has exactly this content already, that is its receipt.
        """
        try:
            answer = self._send("POST", "/v1/submissions", body, identity, "application/json")
        except Refused as error:
            if error.kind != "conflict":
                raise
            answer = self._kept(identity, sha256, error)
        if answer.get("id") != identity or answer.get("sha256", sha256) != sha256 or not _receipt(answer):
            raise Unavailable("nonsense", "回执不是这一份的")
        return _receipt(answer)

    def store(self, sha256: str, content: bytes) -> None:
        """Stores a document under its digest; repeating is harmless."""
        self._send("PUT", f"/v1/documents/{sha256}", content, sha256, "application/octet-stream", empty=True)

    def withdraw(self, identity: str, cause: str, at: datetime) -> None:
        """Withdraws a submission; Absent when it never arrived, Refused when it was decided already."""
        body = json.dumps({"cause": cause, "at": at.isoformat()}).encode()
        answer = self._send("POST", f"/v1/submissions/{quote(identity)}/withdrawal", body, f"{identity}-withdrawal",
                            "application/json")  # fmt: skip
        if answer.get("id") != identity or answer.get("state") != "withdrawn":
            raise Unavailable("nonsense", "撤回的回答不是这一份的")

    def submission(self, identity: str) -> dict[str, Any] | None:
        """What the back office has under this id: receipt, digest, state; None when nothing."""
        try:
            return self._send("GET", f"/v1/submissions/{quote(identity)}", b"", identity)
        except Absent:
            return None

    def submissions(self, after: str) -> list[dict[str, Any]]:
        """The next page of everything it has, in the order of ids; empty at the end."""
        return _listed(self._send("GET", f"/v1/submissions?after={quote(after)}", b"", f"list-{after}"), "submissions")

    def events(self, after: int) -> list[dict[str, Any]]:
        """The next page of feedback after a sequence number; empty at the end."""
        return _listed(self._send("GET", f"/v1/events?after={after}", b"", f"events-{after}"), "events")

    def _kept(self, identity: str, sha256: str, error: Refused) -> dict[str, Any]:
        kept = self.submission(identity)
        if kept is None or kept.get("sha256") != sha256:
            raise error
        return kept

    def _send(
        self, method: str, path: str, body: bytes, key: str, kind: str | None = None, empty: bool = False
    ) -> dict[str, Any]:
        headers = {"Idempotency-Key": f'"{key}"', "Accept": "application/json"}
        request = self.http.build_request(
            method, path, content=body, headers=headers | ({"Content-Type": kind} if kind else {})
        )
        self.signer.sign(request, body)
        try:
            answer, content = self._exchange(request)
        except httpx.TimeoutException as error:
            raise Unavailable("timeout", type(error).__name__) from error
        except httpx.HTTPError as error:
            raise Unavailable("network", type(error).__name__) from error
        self._note_clock(answer)
        if not answer.is_success:
            raise _trouble(answer, content, self.clock())
        return {} if empty else _read(content)

    def _exchange(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """The answer and its whole content, within bounds of time and size."""
        end, content = time.monotonic() + WHOLE_ANSWER_S, bytearray()
        answer = self.http.send(request, stream=True)
        try:
            for chunk in answer.iter_bytes():
                content += chunk
                if time.monotonic() > end:
                    raise httpx.ReadTimeout("the answer trickles")
                if len(content) > MOST_BYTES:
                    raise Unavailable("nonsense", "回答太长")
        finally:
            answer.close()
        return answer, bytes(content)

    def _note_clock(self, answer: httpx.Response) -> None:
        theirs = moment(answer.headers.get("Date", ""))
        if theirs is not None:
            self.skew = timedelta(seconds=round((theirs - self.clock()).total_seconds()))


@contextmanager
def connected() -> Iterator[BackOffice]:
    """The back office of the settings."""
    with httpx.Client(base_url=settings().backoffice_url, timeout=TIMEOUT) as http:
        yield BackOffice(http, Signer(private_key()), hall_clock.now)


def _trouble(answer: httpx.Response, content: bytes, now: datetime) -> Trouble:
    """What an answer that isn't a success means."""
    status = answer.status_code
    after = retry_after(answer.headers.get("Retry-After"), answer.headers.get("Date"), now)
    detail = f"{status} {_said(content)}".strip()
    if status == 404:
        return Absent("refused", detail)
    if status in (401, 403):
        return Unavailable("signature", detail, after)
    if status == 424:
        return Unavailable("missing", detail, after)
    if status in (408, 425, 429) or (status == 409 and after is not None):
        return Unavailable("throttled", detail, after)
    if status >= 500:
        return Unavailable("server", detail, after)
    if status == 409:
        return Refused("conflict", detail)
    if status in (400, 413, 415, 422):
        return Refused("refused", detail)
    return Unavailable("nonsense", detail, after)


def _said(content: bytes) -> str:
    """The detail of problem details (RFC 9457) and the fields it lists; never the whole answer."""
    try:
        problem = json.loads(content)
        listed = [f"{each['field']}：{each['detail']}" for each in problem.get("errors", [])]
        return "；".join([str(problem.get("detail") or problem.get("title") or ""), *listed])[:1000]
    except (ValueError, TypeError, KeyError, AttributeError):
        return ""


def _read(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError as error:
        raise Unavailable("nonsense", "不是完整的 JSON") from error
    if not isinstance(value, dict):
        raise Unavailable("nonsense", "不是 JSON 对象")
    return value


def _listed(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = answer.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unavailable("nonsense", f"没有 {name}")
    return rows


def _receipt(answer: dict[str, Any]) -> str:
    found = answer.get("receipt")
    return found.strip() if isinstance(found, str) else ""
