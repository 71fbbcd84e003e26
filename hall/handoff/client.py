"""The back office as the hall calls it."""

from dataclasses import dataclass
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hall.handoff.signing import sign


class Unavailable(Exception):
    """Try again later; `after` seconds when the back office says so."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Refused(Exception):
    """The back office won't take it as it is: a person must look."""


@dataclass
class BackOffice:
    """One back office; `http` has its base URL and timeouts."""

    http: httpx.Client
    key: Ed25519PrivateKey

    def submit(self, identity: str, body: bytes) -> str:
        """The back office's receipt number; the same for the same submission again."""
        answer = self._send("POST", "/v1/submissions", body, identity, "application/json")
        return str(answer.json()["receipt"])

    def store(self, sha256: str, content: bytes) -> None:
        """Stores a document under its digest; repeating is harmless."""
        self._send("PUT", f"/v1/documents/{sha256}", content, sha256, "application/octet-stream")

    def events(self, after: int) -> list[dict[str, Any]]:
        """Feedback after a sequence number, in order."""
        return list(self._send("GET", f"/v1/events?after={after}", b"", f"events-{after}").json()["events"])

    def _send(self, method: str, path: str, body: bytes, key: str, kind: str | None = None) -> httpx.Response:
        headers = {"Idempotency-Key": f'"{key}"'} | ({"Content-Type": kind} if kind else {})
        request = self.http.build_request(method, path, content=body, headers=headers)
        sign(request, self.key, body)
        try:
            answer = self.http.send(request)
        except httpx.HTTPError as error:
            raise Unavailable(f"连不上后台：{type(error).__name__}") from error
        if answer.status_code in (408, 425, 429) or answer.status_code >= 500:
            wait = answer.headers.get("Retry-After", "")
            raise Unavailable(f"后台暂时不能接收（{answer.status_code}）", float(wait) if wait.isdigit() else None)
        if answer.is_error:
            raise Refused(f"后台拒收（{answer.status_code}）：{answer.text[:500]}")
        return answer
