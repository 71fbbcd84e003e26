"""Pushes events to the hall, signed after Standard Webhooks. Only a help: the hall asks for events anyway."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from standardwebhooks.webhooks import Webhook

from hall import clock

log = structlog.get_logger(__name__)
Push = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Pusher:
    """Sends one event to the hall's feedback address."""

    url: str
    secret: str

    def __call__(self, event: dict[str, Any]) -> None:
        """One attempt; what fails comes with the hall's next question."""
        body, headers = signed(event, self.secret)
        try:
            httpx.post(self.url, content=body, headers=headers, timeout=5).raise_for_status()
        except httpx.HTTPError as error:
            log.warning("push.failed", sequence=event["sequence"], reason=type(error).__name__)


def signed(event: dict[str, Any], secret: str) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a push."""
    now = clock.now()
    body = json.dumps({"type": "submission.event", "timestamp": now.isoformat(), "data": event}, ensure_ascii=False)
    identity = f"event-{event['sequence']}"
    return body.encode(), {
        "content-type": "application/json",
        "webhook-id": identity,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(identity, now, body),
    }
