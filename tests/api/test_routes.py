"""Plain routes: health, receipts, blank forms."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from hall.api.middleware import SecurityHeaders, VisitorCookie
from hall.api.routes import ROUTES
from hall.cases.access import VISITOR_COOKIE, open_case
from hall.cases.submit import submit
from hall.content.load import load_pack
from hall.database import writing
from hall.journey.answers import parse_answers
from hall.library import Library, library
from hall.settings import ROOT, settings
from tests.packs import FORM, GUIDE, write_pack


@pytest.fixture
def client(data_dir: Path) -> TestClient:
    return TestClient(Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders), Middleware(VisitorCookie)]))


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    ready = client.get("/readyz")
    assert ready.status_code == 200 and ready.json()["guides"] > 5


def test_a_receipt_is_genuine_or_not_and_says_nothing_personal(client: TestClient, tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "pack", GUIDE + "submits: {kind: filing, form: sheet}\n", FORM))[0]
    raw = {"person.kind": "owner", "person.age": 30, "company.capital": 1,
           "people": [{"name": "张三丰", "foreign": False, "amount": 1}]}  # fmt: skip
    now = datetime(2026, 5, 6, 2, tzinfo=UTC)
    with writing() as session:
        case, _ = open_case(session, pack.guides["sample"], now)
        receipt = submit(session, pack, case, parse_answers(pack.facts, raw), now)
    page = client.get(f"/r/{receipt.receipt}")
    assert "真实有效" in page.text and receipt.sha256 in page.text and "张三丰" not in page.text
    forged = client.get("/r/HN20260506<script>")
    assert forged.status_code == 404 and "没有这个回执" in forged.text and "<script>" not in forged.text


def test_blank_forms_come_as_files(client: TestClient) -> None:
    pdf = client.get("/download/form/agent-authorisation.pdf")
    assert pdf.content[:5] == b"%PDF-" and "attachment" in pdf.headers["content-disposition"]
    assert client.get("/download/form/agent-authorisation.docx").content[:2] == b"PK"
    sample = client.get("/download/form/agent-authorisation.pdf?sample=1")
    assert sample.content[:5] == b"%PDF-" and sample.content != pdf.content
    assert client.get("/download/form/agent-authorisation.exe").status_code == 404
    assert client.get("/download/form/none.pdf").status_code == 404


def test_every_answer_is_protected_and_a_page_gets_the_browsers_token(client: TestClient) -> None:
    page = client.get("/r/HN1")
    assert page.headers["x-content-type-options"] == "nosniff"
    cookie = page.headers["set-cookie"]
    assert VISITOR_COOKIE in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "set-cookie" not in client.get("/r/HN1").headers  # it has one now
    assert "set-cookie" not in TestClient(client.app).get("/healthz").headers


def test_a_broken_file_is_named_and_the_rest_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    for folder in ("guides", "forms", "data"):
        shutil.copytree(ROOT / folder, tmp_path / "content" / folder, ignore=shutil.ignore_patterns("fonts", "*.csv"))
    content = Library(tmp_path / "content")
    whole = len(content.pack().guides)
    broken = tmp_path / "content/guides/close/simplified-deregistration.yaml"
    broken.write_text("id: simplified-deregistration\n\ttitle: 坏了\n", encoding="utf-8")
    assert content.refresh()
    assert len(content.pack().guides) == whole - 1
    named = [(each.line, each.column) for each in content.findings if each.file.endswith(broken.name)]
    assert named == [(2, 1)]
    assert not content.refresh()  # nothing changed since


def test_the_library_is_one_for_a_process() -> None:
    assert library() is library() and library().root == settings().content_dir
