"""Structured logs: one JSON line each, with the conversation's id, without anybody's words.

At info level a line never holds a message text, a name, a phone number or a secret: rooms log a
short fixed sentence and ids (`extra={"conversation": ...}`).
"""

import logging
import re
import sys
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict

_RENDER = structlog.processors.JSONRenderer(ensure_ascii=False)
# What HTTP clients and servers like to print: tokens in addresses and headers.
_SECRET = re.compile(r"(?i)(bearer\s+|access_token=|token=|password=|sha256=)[^\s\"'&]+")


def set_up(level: str, *, file: Path | None = None) -> None:
    """Send everything the process logs to standard error, or to a file."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            drop_colours,
            mask_secrets,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _RENDER],
    )
    handler = logging.FileHandler(file) if file else logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # One line for each HTTP call is noise, and its address may hold what must not be logged.
    for chatty in ("httpx", "httpcore", "uvicorn.access", "alembic", "nicegui", "watchfiles"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def drop_colours(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Leave out uvicorn's second copy of its texts, coloured for a terminal."""
    event.pop("color_message", None)
    return event


def mask_secrets(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace what looks like a token in any text of a log line."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _SECRET.sub(r"\1***", value)
    return event
