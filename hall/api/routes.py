"""Plain routes beside the pages: health, receipt check, blank forms."""

from urllib.parse import quote

from jinja2 import Environment
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hall import clock
from hall.api import handoff
from hall.cases.access import VISITOR_COOKIE, unlock_as_visitor
from hall.cases.drafts import standing
from hall.cases.errors import CaseError
from hall.cases.progress import timeline
from hall.cases.receipts import is_mistyped
from hall.cases.states import TITLES
from hall.database import reading
from hall.documents.docx import write_docx
from hall.documents.layout import DRAFT, layout_of
from hall.documents.pdf import write_pdf
from hall.documents.receipt import moment_text
from hall.documents.sample import sample_layout
from hall.handoff.proof import proof_of
from hall.library import library

_WRITERS = {
    "pdf": (write_pdf, "application/pdf"),
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
_RECEIPT = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>回执查验</title><style>body{font:17px/1.7 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#1a2230}
.yes{color:#1b6b3a}.no{color:#b3261e}code{overflow-wrap:anywhere}</style>
<h1>回执查验</h1>{% if submission %}<p class="yes"><strong>真实有效。</strong>网上办事大厅收到过这一份提交。</p>
<dl><dt>回执号</dt><dd>{{ submission.receipt }}</dd><dt>提交时间</dt><dd>{{ at }}</dd><dt>状态</dt><dd>{{ state }}</dd>
<dt>内容摘要（SHA-256）</dt><dd><code>{{ submission.sha256 }}</code></dd></dl>
{% elif mistyped %}<p class="no"><strong>没有这个回执。</strong>号码没有输对（校验位不符），请对照回执再输一遍。</p>
{% else %}<p class="no"><strong>没有这个回执。</strong>请核对号码；号码没错的，这份回执不是本大厅出具的。</p>{% endif %}
<p><a href="/">网上办事大厅</a></p></html>"""
)


def healthz(_: Request) -> Response:
    """The process is alive."""
    return JSONResponse({"ok": True})


def readyz(_: Request) -> Response:
    """Content and database are there; 503 when not. Mistakes in single files are counted, the rest serves."""
    try:
        with reading() as session:
            session.execute(text("select 1"))
    except Exception as error:  # whatever the database says: not ready
        return JSONResponse({"ok": False, "reason": type(error).__name__}, 503)
    loaded = library()
    guides = len(loaded.pack().guides)
    return JSONResponse({"ok": guides > 0, "guides": guides, "mistakes": len(loaded.findings)}, 200 if guides else 503)


def receipt(request: Request) -> Response:
    """Whether a receipt is genuine; nothing personal."""
    number = request.path_params["receipt"]
    try:
        with reading() as session:
            submission, _ = timeline(session, number)
    except CaseError:
        return HTMLResponse(_RECEIPT.render(submission=None, mistyped=is_mistyped(number)), 404)
    page = _RECEIPT.render(submission=submission, at=moment_text(submission.created_at), state=TITLES[submission.state])
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def receipt_signature(request: Request) -> Response:
    """The receipt as a JSON Web Signature, to be kept and checked offline; it says what the page says."""
    try:
        with reading() as session:
            submission, _ = timeline(session, request.path_params["receipt"])
    except CaseError as error:
        return Response(str(error), 404, media_type="text/plain; charset=utf-8")
    return Response(proof_of(submission), media_type="application/jose")


def blank_form(request: Request) -> Response:
    """A form printed empty, or with `?sample=1` filled with its example values (示范文本), as PDF or DOCX."""
    content, form_id = library().pack(), request.path_params["form"]
    form, kind = content.forms.get(form_id), request.path_params["kind"]
    if form is None or kind not in _WRITERS:
        return Response("没有这张表格。", 404, media_type="text/plain; charset=utf-8")
    write, media_type = _WRITERS[kind]
    is_sample = bool(request.query_params.get("sample"))
    name = quote(f"{form.title}{'（示范文本）' if is_sample else ''}.{kind}")
    layout = sample_layout(form, content.facts) if is_sample else layout_of(form, content.facts, {}, blank=True)
    return Response(
        write(layout),
        media_type=media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def print_form(request: Request) -> Response:
    """A case's form as PDF to print, for the browser that holds the case."""
    number, form_id = request.path_params["number"], request.path_params["form"]
    content = library().pack()
    with reading() as session:
        access = unlock_as_visitor(session, number, request.cookies.get(VISITOR_COOKIE))
        form = content.forms.get(form_id)
        if access is None or form is None:
            return Response("请先在“我的办件”里打开这个办件。", 404, media_type="text/plain; charset=utf-8")
        stands = standing(session, content, access, clock.now())
    handed_in, public = stands.handed_in, bool(request.query_params.get("public"))
    layout = layout_of(form, content.facts, stands.course.known.values, public=public, publish=stands.case.publish,
                       watermark="" if handed_in else DRAFT)  # fmt: skip
    return Response(write_pdf(layout), media_type="application/pdf", headers={"Cache-Control": "no-store"})


ROUTES = [
    Route("/print/{number}/{form}.pdf", print_form),
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/r/{receipt}", receipt),
    Route("/r/{receipt}/signature", receipt_signature),
    Route("/download/form/{form}.{kind}", blank_form),
    *handoff.ROUTES,
]
