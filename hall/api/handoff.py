"""Routes of the hand-off: pushed feedback, metrics, public keys, the feed of a case."""

from collections.abc import Iterable
from email.utils import format_datetime
from xml.sax.saxutils import escape

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from standardwebhooks.webhooks import WebhookVerificationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hall import clock
from hall.cases.errors import CaseError
from hall.database import reading, writing
from hall.handoff.board import Board, board
from hall.handoff.feedback import Said, read_event, take_pushed
from hall.handoff.people import feed_of
from hall.handoff.signing import jwks, private_keys, receipt_keys, verify_push
from hall.settings import settings

MOST_BYTES = 256 * 1024
log = structlog.get_logger(__name__)


async def feedback(request: Request) -> Response:
    """One event, pushed (Standard Webhooks). 204 when it is kept; the same event again is harmless."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return _problem(413, "The body is too large.")
    try:
        pushed = verify_push(bytes(body), request.headers)
    except WebhookVerificationError as error:
        return _problem(401, str(error))
    try:
        event = read_event(pushed["data"] if isinstance(pushed, dict) and "data" in pushed else pushed)
    except ValueError as error:
        return _problem(422, str(error))
    outcome = await run_in_threadpool(_take, event)
    log.info("feedback.pushed", sequence=event.sequence, outcome=outcome)
    return Response(status_code=204)


def metrics(_: Request) -> Response:
    """Queue, deliveries, circuit and errors in Prometheus' text format."""
    with reading() as session:
        now = board(session, clock.now())
    registry = CollectorRegistry()
    registry.register(_Figures(now))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def public_keys(_: Request) -> Response:
    """The public halves of the hall's keys (JSON Web Key Set): requests to the back office, and receipts."""
    return JSONResponse(jwks([*private_keys(), *receipt_keys()]), headers={"Cache-Control": "max-age=300"})


def feed(request: Request) -> Response:
    """The news of a case as RSS, for whom its holder gave the address to."""
    try:
        with reading() as session:
            case, messages = feed_of(session, request.path_params["token"])
    except CaseError:
        return Response("没有这个订阅。", 404, media_type="text/plain; charset=utf-8")
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{escape(settings().address)}</link>"
        f'<guid isPermaLink="false">{each.id}@{case.number}</guid><pubDate>{format_datetime(each.at)}</pubDate></item>'
        for each in messages
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>办件 {case.number}</title>'
        f"<link>{escape(settings().address)}</link><description>网上办事大厅办件消息</description>{items}</channel></rss>"
    )
    headers = {"Cache-Control": "private, max-age=60", "X-Robots-Tag": "noindex"}
    return Response(text, media_type="application/rss+xml; charset=utf-8", headers=headers)


class _Figures(Collector):
    """The board as metrics."""

    def __init__(self, now: Board) -> None:
        self.now = now

    def collect(self) -> Iterable[Metric]:
        """Each figure."""
        now = self.now
        yield GaugeMetricFamily("hall_outbox_waiting", "Messages that wait for delivery.", now.waiting)
        yield GaugeMetricFamily("hall_outbox_parked", "Messages that wait for a person.", now.parked)
        yield GaugeMetricFamily("hall_outbox_oldest_seconds", "Age of the oldest that waits.", now.oldest_seconds)
        yield CounterMetricFamily("hall_deliveries", "Messages delivered.", now.delivered)
        yield GaugeMetricFamily("hall_circuit_open", "1 while the back office isn't called.", now.circuit != "closed")
        yield GaugeMetricFamily("hall_backoffice_skew_seconds", "How far its clock is ahead.", now.skew_seconds)
        yield _labelled(CounterMetricFamily("hall_delivery_errors", "Failed attempts.", labels=["kind"]), now.errors)
        yield _labelled(GaugeMetricFamily("hall_events", "Events by outcome.", labels=["outcome"]), now.events)
        yield _labelled(GaugeMetricFamily("hall_news", "Mail and SMS not out yet.", labels=["state"]), now.news)


def _labelled(family: GaugeMetricFamily | CounterMetricFamily, values: dict[str, int]) -> Metric:
    for label, value in values.items():
        family.add_metric([label], value)
    return family


def _take(event: Said) -> str:
    with writing() as session:
        return take_pushed(session, event, clock.now())


def _problem(status: int, detail: str) -> Response:
    body = {"type": "about:blank", "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


ROUTES = [
    Route("/api/feedback", feedback, methods=["POST"]),
    Route("/metrics", metrics),
    Route("/.well-known/jwks.json", public_keys),
    Route("/feed/{token}", feed),
]
