"""The hall's own routes of the hand-off answer as docs/openapi/hall.yaml says."""

import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hall.api.handoff import ROUTES
from hall.settings import ROOT
from tests.handoff.world import World

DOCUMENT = yaml.safe_load((ROOT / "docs/openapi/hall.yaml").read_text(encoding="utf-8"))
schema = schemathesis.openapi.from_dict(DOCUMENT)


@schema.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_the_hall_answers_as_the_document_says(case: schemathesis.Case, world: World) -> None:
    made = case.as_transport_kwargs(base_url="http://hall")
    client = TestClient(Starlette(routes=ROUTES), base_url="http://hall")
    answer = client.request(
        made["method"], made["url"], params=made.get("params"), headers=made.get("headers"),
        content=made.get("data"), json=made.get("json"),
    )  # fmt: skip
    case.validate_response(answer, checks=[not_a_server_error, status_code_conformance, content_type_conformance])


def test_every_route_is_in_the_document() -> None:
    assert {route.path for route in ROUTES} == set(DOCUMENT["paths"])
