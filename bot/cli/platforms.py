"""Channels from the command line: what exists, what is missing, a new one, a fixture posted."""

import asyncio
from typing import Any

import httpx
from rich.console import Console
from rich.table import Column, Table

from bot.app import build_channels
from bot.credentials import ensure_secrets
from bot.errors import AppError, BadRequestError
from bot.settings import Settings
from channels import registry, testing


def list_all() -> None:
    """Print every channel that this build can speak."""
    settings = Settings()
    on = build_channels(settings, ensure_secrets(settings))
    table = Table("channel", "", "text", "choices", "cards", box=None)
    for name in registry.names():
        kind = registry.load(name)
        can = kind.capabilities
        choices = f"{can.buttons} buttons, {can.list_rows} rows, {can.quick_replies} quick replies"
        state = "[green]on[/green]" if name in on else "off"
        cards = str(can.carousel.cards if can.carousel else can.cards)
        table.add_row(f"{name} ({kind.title})", state, str(can.max_text), choices, cards)
    Console().print(table)


def show(name: str) -> None:
    """Print the settings of a channel."""
    given = Settings().channels.get(name, {})
    table = Table(Column("variable", no_wrap=True), "", "what it is", box=None)
    fields = known(name).Settings.model_fields.items()
    for field, info in sorted(fields, key=lambda item: not item[1].is_required()):
        variable = f"DIALOGO_CHANNELS__{name.upper()}__{field.upper()}"
        state = "set" if field in given else "needed" if info.is_required() else "optional"
        table.add_row(variable, state, info.description or "")
    Console().print(table)


def new(name: str, title: str | None) -> None:
    """Scaffold a channel."""
    try:
        folder = testing.new_channel(name, title or name.capitalize())
    except ValueError as error:
        raise BadRequestError(str(error)) from error
    Console().print(
        f"{folder} is there. Next: channels/README.md, and\n"
        f".venv/bin/python -m pytest channels/{name} tests/channels"
    )


def replay(name: str, fixture: str, to: str | None) -> None:
    """Post a fixture with the signature of the channel's settings."""
    settings = Settings()
    known(name)
    demo = settings.model_copy(update={"demo": True})
    channels = build_channels(demo, ensure_secrets(settings))
    if name not in channels:
        raise BadRequestError(f"{name} is not switched on; `dialogo channels show {name}`.")
    gateway = to or f"http://127.0.0.1:{settings.port}"
    paths = {path.stem: path for path in testing.cases("inbound", name)}
    if fixture not in paths:
        raise BadRequestError(f"{name} has no fixture {fixture!r}: {', '.join(sorted(paths))}.")
    try:
        reply = asyncio.run(testing.post_fixture(channels[name], paths[fixture], gateway))
    except httpx.HTTPError as error:
        raise AppError(f"No gateway answers at {gateway}. Start it with `make run`.") from error
    Console().print(f"{gateway}/webhooks/{name} answered {reply.status_code}. {reply.text}")


def known(name: str) -> Any:
    """Return the adapter class; BadRequestError lists the names there are."""
    if name not in registry.names():
        raise BadRequestError(f"There is no channel {name!r}: {', '.join(registry.names())}.")
    return registry.load(name)
