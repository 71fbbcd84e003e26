"""The reference back office: a FastAPI service that speaks docs/openapi/backoffice.yaml, for demonstrations and tests."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from http_message_signatures import HTTPMessageSignaturesException
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from hall.backoffice.contract import contract, problems
from hall.backoffice.desk import Credentials, desk_routes
from hall.backoffice.faults import Faults, problem
from hall.backoffice.push import Push
from hall.backoffice.store import Conflict, Store
from hall.handoff.signing import TOLERANCE, verify

MOST_BYTES = 32 * 1024 * 1024
Identity = Annotated[str, Path(max_length=100)]


@dataclass(frozen=True)
class _Message:
    """A request as the signature library reads it."""

    method: str
    url: str
    headers: Any


def nobody(name: str, password: str) -> bool:
    """No desk unless somebody is named."""
    return False


def make_app(
    store: Store, keys: Sequence[Ed25519PublicKey], faults: Faults | None = None, is_clerk: Credentials = nobody,
    push: Push | None = None,
) -> FastAPI:  # fmt: skip
    """The service over these books, for requests signed with one of the keys; the desk is for whom `is_clerk` knows."""
    app = FastAPI(title="Reference back office", docs_url=None, redoc_url=None)
    app.openapi = contract  # type: ignore[method-assign]
    switched = faults or Faults()

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        if not request.url.path.startswith("/v1/"):
            return await call_next(request)  # type: ignore[no-any-return]
        refused = await switched.before() or await _unsigned(request, store, keys)
        if refused is not None:
            return refused
        return await switched.after(request, await call_next(request))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: Exception) -> Response:
        return problem(422, "A parameter isn't as the contract has it.")

    @app.exception_handler(HTTPException)
    async def failed(request: Request, error: Exception) -> Response:
        status, headers = getattr(error, "status_code", 500), getattr(error, "headers", None)
        return problem(status, str(getattr(error, "detail", "")), headers)

    _documents(app, store)
    _submissions(app, store)
    app.include_router(desk_routes(store, is_clerk, push), include_in_schema=False)
    return app


async def _unsigned(request: Request, store: Store, keys: Sequence[Ed25519PublicKey]) -> Response | None:
    """The refusal of a request that isn't signed as it must be, or whose nonce came before."""
    body = await request.body()
    if len(body) > MOST_BYTES:
        return problem(413, "The body is too large.")
    try:
        nonce = verify(_Message(request.method, str(request.url), request.headers), keys, body)
    except HTTPMessageSignaturesException as error:
        return problem(401, str(error))
    except Exception:  # a header that the library can't read, whatever it raises for it
        return problem(401, "The signature can't be read.")
    kept = 4 * TOLERANCE.total_seconds()
    if not nonce or await run_in_threadpool(store.is_replay, nonce, time.time(), kept):
        return problem(401, "The nonce is missing, or came before.")
    return None


def _documents(app: FastAPI, store: Store) -> None:
    @app.put("/v1/documents/{sha256}")
    async def put_document(sha256: str, request: Request) -> Response:
        if await run_in_threadpool(store.put_document, await request.body()) != sha256:
            return problem(422, "The content has another digest.")
        return Response(status_code=204)


def _submissions(app: FastAPI, store: Store) -> None:
    @app.post("/v1/submissions", status_code=201)
    async def post_submission(request: Request) -> Response:
        text, refused = await _read(request, "Submission")
        if refused is not None:
            return refused
        body = json.loads(text)
        return await run_in_threadpool(_take, store, request.headers.get("idempotency-key", ""), body, text)

    @app.get("/v1/submissions")
    def list_submissions(after: Annotated[str, Query(max_length=100)] = "") -> dict[str, Any]:
        return {"submissions": store.listed(after)}

    @app.get("/v1/submissions/{identity}")
    def get_submission(identity: Identity) -> Response:
        found = store.submission(identity)
        return JSONResponse(found) if found else problem(404, "No such submission.")

    @app.post("/v1/submissions/{identity}/withdrawal")
    async def withdraw(identity: Identity, request: Request) -> Response:
        text, refused = await _read(request, "Withdrawal")
        if refused is not None:
            return refused
        return await run_in_threadpool(_withdraw, store, identity, json.loads(text)["cause"])

    @app.get("/v1/events")
    def list_events(after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0) -> dict[str, Any]:
        return {"events": store.events(after)}


async def _read(request: Request, schema: str) -> tuple[str, Response | None]:
    """A JSON body as the contract has it, or the refusal."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return "", problem(415, "The body must be application/json.")
    try:
        text = (await request.body()).decode()
        found = problems(schema, json.loads(text))
    except (ValueError, RecursionError):
        return "", problem(422, "The body must be JSON in UTF-8.")
    return text, problem(422, "The body isn't as the contract has it.", errors=found) if found else None


def _take(store: Store, key: str, body: dict[str, Any], text: str) -> Response:
    if key != f'"{body["id"]}"':
        return problem(422, "Idempotency-Key must be the submission's id.")
    missing = store.missing([each["sha256"] for each in body["documents"]])
    if missing:
        return problem(424, f"Documents that aren't here: {', '.join(missing)}")
    try:
        kept, _ = store.take(body["id"], text)
    except Conflict as error:
        return problem(409, str(error))
    return JSONResponse({name: kept[name] for name in ("id", "receipt", "sha256", "at")}, 201)


def _withdraw(store: Store, identity: str, cause: str) -> Response:
    try:
        kept = store.withdraw(identity, cause)
    except Conflict as error:
        return problem(409, str(error))
    return JSONResponse(kept) if kept else problem(404, "No such submission.")
