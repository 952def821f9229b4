"""What the HTTP doors and the worker loop share: built once by `bot.app`, handed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.db import Database
from bot.engine import Bundles, EngineClient
from bot.feeds import Intake
from bot.insights import Metrics
from bot.lanes import Worker
from bot.outbox import Sender, Streams
from bot.settings import Settings
from catalog import Catalog
from channels.kit import Channel


@dataclass(frozen=True, slots=True)
class Services:
    """Everything with a lifetime; `request.app.state.services` in the HTTP doors."""

    settings: Settings
    database: Database
    channels: Mapping[str, Channel[Any]]
    catalog: Catalog
    bundles: Bundles
    engine: EngineClient
    worker: Worker
    sender: Sender
    streams: Streams
    metrics: Metrics
    intake: Intake
