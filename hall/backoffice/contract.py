"""The contract of docs/openapi/backoffice.yaml: what the reference back office serves, and checks bodies against."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

from hall.settings import ROOT

PATH = ROOT / "docs" / "openapi" / "backoffice.yaml"


@lru_cache
def contract() -> dict[str, Any]:
    """The OpenAPI document."""
    read: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return read


def problems(schema: str, value: Any) -> list[dict[str, str]]:
    """What is wrong with a body, by field; empty when it is as the schema of this name says."""
    found = sorted(_validator(schema).iter_errors(value), key=lambda error: list(error.absolute_path))
    return [{"field": error.json_path.removeprefix("$."), "detail": error.message[:200]} for error in found[:50]]


@lru_cache
def _validator(schema: str) -> Draft202012Validator:
    reference = {"$ref": f"#/components/schemas/{schema}", "components": contract()["components"]}
    return Draft202012Validator(reference, format_checker=_FORMATS)


_FORMATS = FormatChecker(["date"])


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    """RFC 3339: date, time and offset."""
    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)
