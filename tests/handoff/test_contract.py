"""The contract: the reference back office answers exactly as docs/openapi/backoffice.yaml says, and so does the hall."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hall.backoffice.app import make_app
from hall.backoffice.contract import contract, problems
from hall.backoffice.store import Store
from hall.handoff.signing import Signer
from tests.handoff.world import World

KEY = Ed25519PrivateKey.generate()
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
schema = schemathesis.openapi.from_dict(contract())
BODY = contract()["paths"]["/v1/submissions"]["post"]["requestBody"]["content"]["application/json"]["examples"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = Store(tmp_path_factory.mktemp("office") / "office.db")
    with TestClient(make_app(store, [KEY.public_key()]), base_url="http://office") as client:
        yield client


def signed(
    office: TestClient, method: str, path: str, content: bytes = b"", headers: Any = None,
    created: datetime | None = None, key: Ed25519PrivateKey = KEY,
) -> httpx.Request:  # fmt: skip
    request = httpx.Client(base_url="http://office").build_request(method, path, content=content, headers=headers or {})
    if "idempotency-key" not in request.headers:
        request.headers["Idempotency-Key"] = '"some-key"'
    Signer(key).sign(request, content, created)
    return request


def send(office: TestClient, request: httpx.Request) -> httpx.Response:
    return office.request(request.method, str(request.url), content=request.read(), headers=dict(request.headers))


@schema.parametrize()
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_the_back_office_answers_as_the_document_says(case: schemathesis.Case, office: TestClient) -> None:
    made = case.as_transport_kwargs(base_url="http://office")
    plain = httpx.Request(made["method"], made["url"], params=made.get("params"), headers=made.get("headers"),
                          content=made.get("data"), json=made.get("json"))  # fmt: skip
    headers = {name: value for name, value in plain.headers.items() if name != "signature"}
    answer = send(office, signed(office, plain.method, str(plain.url), plain.read(), headers))
    case.validate_response(answer, checks=CHECKS)


def test_the_documents_examples_are_taken(office: TestClient) -> None:
    for name in ("annualReport", "filing"):
        body = {**BODY[name]["value"], "id": f"example-{name}"}
        assert problems("Submission", body) == []
        answer = post(office, {**body, "documents": []})
        assert answer.status_code == 201 and answer.json()["id"] == body["id"]


def test_the_same_again_gives_the_same_receipt_and_another_body_is_a_conflict(office: TestClient) -> None:
    body = {**BODY["annualReport"]["value"], "id": "again"}
    first = post(office, body)
    assert post(office, body).json() == first.json()
    assert post(office, {**body, "attestation": "别的"}).status_code == 409


def test_a_submission_whose_documents_are_not_there_is_not_taken(office: TestClient) -> None:
    body = {**BODY["filing"]["value"], "id": "lacking"}
    answer = post(office, body)
    assert answer.status_code == 424 and body["documents"][0]["sha256"] in answer.json()["detail"]


def test_errors_name_the_field(office: TestClient) -> None:
    answer = post(office, {**BODY["annualReport"]["value"], "id": "wrong", "submitted_at": "昨天"})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["submitted_at"]


def test_what_the_hall_sends_is_as_the_document_says(world: World) -> None:
    world.hand_in(files=[("deed.pdf", b"%PDF-")])
    world.deliver()
    (kept,) = world.store.submissions()
    assert problems("Submission", kept["body"]) == []


@pytest.mark.parametrize("minutes", [-9, -4, 0, 4])
def test_clocks_may_differ_by_minutes(office: TestClient, minutes: int) -> None:
    created = datetime.now(UTC) + timedelta(minutes=minutes)
    assert send(office, signed(office, "GET", "/v1/events", created=created)).status_code == 200


@pytest.mark.parametrize("minutes", [-11, 6])
def test_but_not_by_more(office: TestClient, minutes: int) -> None:
    created = datetime.now(UTC) + timedelta(minutes=minutes)
    assert send(office, signed(office, "GET", "/v1/events", created=created)).status_code == 401


def test_a_replay_is_refused(office: TestClient) -> None:
    request = signed(office, "GET", "/v1/events")
    assert [send(office, request).status_code for _ in range(2)] == [200, 401]


def test_a_changed_body_or_address_or_an_unknown_key_is_refused(office: TestClient) -> None:
    body = json.dumps(BODY["annualReport"]["value"]).encode()
    request = signed(office, "POST", "/v1/submissions", body, {"Content-Type": "application/json"})
    headers = dict(request.headers)
    assert office.post("/v1/submissions", content=body + b" ", headers=headers).status_code == 401
    moved = signed(office, "GET", "/v1/events?after=1")
    assert office.get("/v1/events?after=2", headers=dict(moved.headers)).status_code == 401
    stranger = signed(office, "GET", "/v1/events", key=Ed25519PrivateKey.generate())
    assert send(office, stranger).status_code == 401
    assert office.get("/v1/events").status_code == 401


def test_two_keys_are_valid_while_they_are_rotated(tmp_path: Path) -> None:
    old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    app = make_app(Store(tmp_path / "office.db"), [new.public_key(), old.public_key()])
    with TestClient(app, base_url="http://office") as office:
        for key in (old, new):
            assert send(office, signed(office, "GET", "/v1/events", key=key)).status_code == 200


def post(office: TestClient, body: dict[str, Any]) -> httpx.Response:
    headers = {"Content-Type": "application/json", "Idempotency-Key": f'"{body["id"]}"'}
    return send(office, signed(office, "POST", "/v1/submissions", json.dumps(body).encode(), headers))
