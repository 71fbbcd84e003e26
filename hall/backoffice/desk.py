"""The desk of the reference back office: one clerk, with a password made at the first start, decides."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from filelock import FileLock
from jinja2 import Environment
from starlette.background import BackgroundTask

from hall.backoffice.faults import problem
from hall.backoffice.push import Push
from hall.backoffice.store import DECISIONS, Conflict, Store

CLERK = "clerk"
Credentials = Callable[[str, str], bool]
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
{% endfor %}</select></label> <label>补正期限（工作日） <input name="working_days" type="number" min="1" max="250"></label>
<button>确定</button></form>{% endif %}</article>
{% else %}<p>还没有收到提交。</p>{% endfor %}</html>"""
)
_TITLES = {
    "delivered": "待处理", "accepted": "受理", "correction-required": "要求补正", "corrected": "已由补正代替",
    "not-accepted": "不予受理", "rejected": "驳回", "completed": "办结", "objected": "有异议，终止", "withdrawn": "已撤回",
}  # fmt: skip


def demonstration_password(data_dir: Path) -> str:
    """The clerk's password of this installation; made once, kept readable for the owner only."""
    path = data_dir / "demonstration.clerk"
    data_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(9))
    return path.read_text()


def is_clerk(name: str, password: str, data_dir: Path) -> bool:
    """Whether these are the clerk's credentials."""
    right = demonstration_password(data_dir)
    return secrets.compare_digest(name, CLERK) & secrets.compare_digest(password.encode(), right.encode())


def desk_routes(store: Store, is_clerk: Credentials, push: Push | None) -> APIRouter:
    """The clerk's pages."""

    def clerk(given: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> None:
        if not is_clerk(given.username, given.password):
            raise HTTPException(401, "Wrong name or password.", {"WWW-Authenticate": "Basic"})

    router = APIRouter(dependencies=[Depends(clerk)])

    @router.get("/desk", response_class=HTMLResponse)
    def desk() -> str:
        return _DESK.render(submissions=store.submissions(), titles=_TITLES, decisions=_possible)

    @router.post("/desk/{identity}")
    def decide(
        request: Request, identity: str, state: str = Form(), text: str = Form(max_length=500), field: str = Form(""),
        working_days: str = Form("", pattern=r"^(?:[1-9]\d?|1\d\d|2[0-4]\d|250)?$"),
    ) -> Response:  # fmt: skip
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return problem(403, "Only from the desk's own page.")
        corrections = [{"field": field, "note": text}] if field else []
        try:
            event = store.decide(identity, state, text, corrections, int(working_days) if working_days else None)
        except Conflict as error:
            return problem(409, str(error))
        task = BackgroundTask(push, event) if push else None
        return RedirectResponse("/desk", 303, background=task)

    return router


def _possible(state: str) -> list[str]:
    return [decision for decision, before in DECISIONS.items() if state in before]
