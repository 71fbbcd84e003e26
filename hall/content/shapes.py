"""The shape of models and of written conditions: which key is which field, where a condition is wrong."""

import types
import typing
from datetime import date
from typing import Any

from hall.content.conditions import parse_condition
from hall.content.models import Model
from hall.content.source import Path


def condition_trouble(raw: Any) -> tuple[Path, str | None]:
    """Where in a written condition the mistake is, and what it is; no message when there is none."""
    if isinstance(raw, dict) and raw:
        for key, value in raw.items():
            parts = enumerate(value) if key in ("any", "all") and isinstance(value, list) else []
            for index, part in parts:
                inner, message = condition_trouble(part)
                if message:
                    return (key, index, *inner), message
            if key == "not":
                inner, message = condition_trouble(value)
                if message:
                    return (key, *inner), message
            try:
                parse_condition({key: value})
            except ValueError as error:
                return (key,), str(error)
    try:
        parse_condition(raw)
    except ValueError as error:
        return (), str(error)
    return (), None


def field_of(model: type[Model], key: Any) -> Any:
    """The field that a written key stands for, None when there is none."""
    return next((f for name, f in model.model_fields.items() if (f.alias or name) == key), None)


def models_in(annotation: Any) -> list[type[Model]]:
    """The models that a value of this annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [model for arg in typing.get_args(annotation) for model in models_in(arg)]


def harmless(annotation: Any) -> Any:
    """A value that the annotation accepts and that says nothing."""
    origin = typing.get_origin(annotation)
    if origin is typing.Literal:
        return typing.get_args(annotation)[0]
    if origin in (tuple, list):
        args = typing.get_args(annotation)
        return ["", ""] if origin is tuple and Ellipsis not in args else []
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, Model)):
        return {}
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return harmless(typing.get_args(annotation)[0])
    return "2000-01-01" if annotation is date else ""
