"""The reference back office: a FastAPI service that speaks the hand-off contract, for demonstrations and tests.

Faults can be switched on: `slow` seconds before each answer, `fail` as the share of requests answered 503.
"""

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import Depends, FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from http_message_signatures import HTTPMessageSignaturesException
from jinja2 import Environment

from hall.backoffice.store import DECISIONS, Conflict, Store
from hall.handoff.signing import verify

_DESK = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>后台处理</title><style>body{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #ccc;border-radius:8px;padding:1rem;margin:1rem 0}dt{color:#555}
input,select,button{font:inherit;padding:.3rem}</style>
<h1>后台处理</h1>{% for s in submissions %}<article><h2>{{ s.body.form.id }} · {{ titles[s.state] }}</h2>
<p>收件号 {{ s.receipt }} · 办件 {{ s.body.case }}</p><details><summary>内容</summary><dl>
{% for key, value in s.body.data.items() %}<dt>{{ key }}</dt><dd>{{ value }}</dd>{% endfor %}</dl></details>
{% set possible = decisions(s.state) %}{% if possible %}<form method="post" action="/desk/{{ s.id }}">
<label>决定 <select name="state">{% for d in possible %}<option value="{{ d }}">{{ titles[d] }}</option>
{% endfor %}</select></label> <label>说明 <input name="text" required></label>
<label>要补正的栏目 <select name="field"><option value=""></option>{% for key in s.body.data %}<option>{{ key }}</option>
{% endfor %}</select></label> <button>确定</button></form>{% endif %}</article>
{% else %}<p>还没有收到提交。</p>{% endfor %}</html>"""
)
_TITLES = {
    "delivered": "待处理", "accepted": "受理", "correction-required": "要求补正",
    "not-accepted": "不予受理", "rejected": "驳回", "completed": "办结", "objected": "有异议，终止",
}  # fmt: skip


Credentials = Callable[[str, str], bool]


def nobody(name: str, password: str) -> bool:
    """No desk unless somebody is named."""
    return False


@dataclass(frozen=True)
class _Message:
    """A request as the signature library reads it."""

    method: str
    url: str
    headers: Any


def make_app(
    store: Store, key: Ed25519PublicKey, slow: float = 0, fail: float = 0, is_clerk: Credentials = nobody
) -> FastAPI:
    """The service over these books, for requests signed with this key; the desk is for whom `is_clerk` knows."""
    app = FastAPI(title="Reference back office", version="1")

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        if not request.url.path.startswith("/v1/"):
            return await call_next(request)  # type: ignore[no-any-return]
        await asyncio.sleep(slow)
        if random.random() < fail:
            return problem(503, "Switched-on fault.", {"Retry-After": "1"})
        try:
            verify(_Message(request.method, str(request.url), request.headers), key, await request.body())
        except HTTPMessageSignaturesException as error:
            return problem(401, str(error))
        return await call_next(request)  # type: ignore[no-any-return]

    @app.put("/v1/documents/{sha256}")
    async def put_document(sha256: str, request: Request) -> Response:
        if store.put_document(await request.body()) != sha256:
            return problem(422, "The content has another digest.")
        return Response(status_code=204)

    @app.post("/v1/submissions", status_code=201)
    async def post_submission(request: Request) -> Response:
        try:
            body = (await request.body()).decode()
            identity = str(json.loads(body)["id"])
        except (ValueError, KeyError, TypeError):
            return problem(422, "The body must be a JSON object with an id.")
        if request.headers.get("idempotency-key") != f'"{identity}"':
            return problem(422, "Idempotency-Key must be the submission's id.")
        try:
            receipt, _ = store.take(identity, body)
        except Conflict as error:
            return problem(409, str(error))
        return JSONResponse({"id": identity, "receipt": receipt}, 201)

    @app.get("/v1/submissions/{identity}")
    def get_submission(identity: str) -> Response:
        found = store.submission(identity)
        return JSONResponse(found) if found else problem(404, "No such submission.")

    @app.get("/v1/events")
    def get_events(after: int = 0) -> dict[str, Any]:
        return {"events": store.events(after)}

    def clerk(given: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> None:
        if not is_clerk(given.username, given.password):
            raise HTTPException(401, "Wrong name or password.", {"WWW-Authenticate": "Basic"})

    @app.get("/desk", response_class=HTMLResponse, dependencies=[Depends(clerk)])
    def desk() -> str:
        return _DESK.render(submissions=store.submissions(), titles=_TITLES, decisions=_possible)

    @app.post("/desk/{identity}", dependencies=[Depends(clerk)])
    def decide(
        request: Request, identity: str, state: str = Form(), text: str = Form(max_length=500), field: str = Form("")
    ) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return problem(403, "Only from the desk's own page.")
        try:
            store.decide(identity, state, text, [{"field": field, "note": text}] if field else [])
        except Conflict as error:
            return problem(409, str(error))
        return RedirectResponse("/desk", 303)

    return app


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as problem details (RFC 9457)."""
    body = {"type": "about:blank", "status": status, "detail": detail}
    return JSONResponse(body, status, headers, "application/problem+json")


def _possible(state: str) -> list[str]:
    return [decision for decision, before in DECISIONS.items() if state in before]
