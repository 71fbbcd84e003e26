"""Logs: to standard error, so that results on standard output stay readable by programs."""

import sys

import structlog

from hall.settings import settings


def configure() -> None:
    """For the life of the process; `HALL_LOG_FORMAT` is `console` or `json`."""
    as_json = settings().log_format == "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)] if as_json
              else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )  # fmt: skip
