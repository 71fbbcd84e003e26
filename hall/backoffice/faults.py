"""Switched-on faults of the reference back office: what networks and servers do at their worst."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse


@dataclass
class Faults:
    """Shares (0 to 1) of requests, and seconds. May be changed while it runs."""

    slow: float = 0.0
    """Seconds before each answer."""
    fail: float = 0.0
    """Answered 503 with Retry-After, nothing done."""
    throttle: float = 0.0
    """Answered 429 with Retry-After, nothing done."""
    act_then_fail: float = 0.0
    """Done, and then answered 500."""
    half: float = 0.0
    """Done, and half of the answer comes."""
    wrong: float = 0.0
    """Done, and answered with a receipt of something else."""
    chance: random.Random = field(default_factory=random.Random)

    async def before(self) -> Response | None:
        """An answer in the place of the real one, or None."""
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.chance.random() < self.fail:
            return problem(503, "Switched-on fault.", {"Retry-After": "1"})
        if self.chance.random() < self.throttle:
            return problem(429, "Switched-on fault.", {"Retry-After": "1"})
        return None

    async def after(self, request: Request, answer: Response) -> Response:
        """What becomes of the real answer."""
        if self.chance.random() < self.act_then_fail:
            return problem(500, "Switched-on fault, after the fact.")
        if request.method != "POST" or answer.status_code != 201:
            return answer
        if self.chance.random() < self.half:
            content = await _content(answer)
            return Response(content[: len(content) // 2], 201, media_type="application/json")
        if self.chance.random() < self.wrong:
            found = json.loads(await _content(answer))
            return JSONResponse({**found, "id": "another", "sha256": "0" * 64}, 201)
        return answer


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, errors: list[dict[str, str]] | None = None
) -> JSONResponse:
    """An error as problem details (RFC 9457)."""
    body: dict[str, Any] = {"type": "about:blank", "status": status, "detail": detail}
    return JSONResponse(body | ({"errors": errors} if errors else {}), status, headers, "application/problem+json")


async def _content(answer: Any) -> bytes:
    return b"".join([chunk async for chunk in answer.body_iterator])
