"""`dialogo chat`: be a customer of a channel in the terminal.

What is typed becomes a webhook, signed as the platform signs it, at the running gateway; what the
bot sends is received by a stand-in of the platform's API, which refuses what the platform would.
"""

import asyncio
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from rich.console import Console

from bot.app import build_channels
from bot.cli.facts import ApiFacts
from bot.cli.script import Played, Script, play, read_script
from bot.credentials import ensure_secrets
from bot.errors import AppError, BadRequestError
from bot.settings import Settings
from channels.kit import Channel
from channels.testing import Shown, Talk, TalkError
from channels.testing.shown import rendered

_LOCAL = ("127.0.0.1", "localhost", "::1")


def run(
    *, channel: str, script: Path | None, name: str, customer: str | None, port: int | None
) -> None:
    """Talk until Ctrl-D, or play a script; exit code 1 when it does not go as written."""
    settings = Settings()
    settings = settings.model_copy(update={"port": port or settings.port})
    gateway = f"http://127.0.0.1:{settings.port}"
    asyncio.run(_require_running(gateway))
    # The gateway was started with the demo's stand-ins unless the channel has its own settings.
    demo = settings.model_copy(update={"demo": True})
    channels = build_channels(demo, ensure_secrets(settings))
    if channel not in channels:
        raise BadRequestError(f"Channel {channel!r} is not switched on; try whatsapp.")
    _require_stand_in(channels[channel])
    try:
        if script is None:
            asyncio.run(_chat(channels[channel], gateway, name=name, customer=customer))
        else:
            token = ensure_secrets(settings).api_token.get_secret_value()
            asyncio.run(_play(channels[channel], gateway, script, token=token))
    except TalkError as error:
        raise BadRequestError(str(error)) from error
    except (KeyboardInterrupt, EOFError):
        Console().print()


async def _chat(channel: Channel[Any], gateway: str, *, name: str, customer: str | None) -> None:
    console = Console(highlight=False)
    console.print(
        f"[dim]You are {name} on {channel.title}. Write, or /2 to tap the second choice. "
        "Ctrl-D ends.[/dim]"
    )
    who = customer or new_customer(channel.name)
    async with Talk.open(channel, gateway, who=who, name=name) as talk:
        if not sys.stdin.isatty():
            await _say_all(talk, console)
            return
        listening = asyncio.create_task(_keep_showing(talk, console))
        try:
            while line := await asyncio.to_thread(_read_line):
                if line.strip():
                    await _act(talk, line.rstrip("\n"), console)
        finally:
            listening.cancel()


async def _say_all(talk: Talk, console: Console) -> None:
    """Say lines that come from a file or a program, each after the answer to the one before."""
    while line := await asyncio.to_thread(_read_line):
        if line.strip():
            console.print(f"[bold]> {_escaped(line.strip())}[/bold]", soft_wrap=True)
            try:
                show(console, await talk.enter(line.rstrip("\n")))
            except TalkError as error:
                console.print(f"[red]{_escaped(str(error))}[/red]")


async def _act(talk: Talk, line: str, console: Console) -> None:
    try:
        await talk.act(line)
    except TalkError as error:
        console.print(f"[red]{_escaped(str(error))}[/red]")


async def _keep_showing(talk: Talk, console: Console) -> None:
    """Show answers as they come; a person at the desk may write at any time."""
    while True:
        answer = await talk.listen(3600)
        if answer:
            show(console, answer)


def show(console: Console, answer: Sequence[Shown]) -> None:
    """Print what the customer sees, choices numbered."""
    for line in rendered(answer).splitlines():
        console.print(f"  [cyan]│[/cyan] {_escaped(line)}", soft_wrap=True)
    console.print()


def _escaped(line: str) -> str:
    return line.replace("[", r"\[")


def _read_line() -> str:
    return sys.stdin.readline()


async def _play(channel: Channel[Any], gateway: str, path: Path, *, token: str) -> None:
    scripts = [read_script(file) for file in _files(path)]
    fitting = [script for script in scripts if script.channel == channel.name]
    if not fitting:
        spoken = ", ".join(sorted({script.channel for script in scripts})) or "nothing"
        raise BadRequestError(f"{path} is no talk on {channel.name}, but on {spoken}.")
    console = Console(highlight=False)
    played = [await _played(script, channel, gateway, token, console) for script in fitting]
    turns = sum(one.turns for one in played)
    met = sum(one.as_expected for one in played)
    if met < turns:
        raise BadRequestError(
            f"{path.stem}: {turns - met} of {turns} answers were not as expected."
        )
    console.print(f"[green]✓[/green] {path.stem}: {turns} turns as expected.")


def _files(path: Path) -> list[Path]:
    """Return the talks of a folder, or the one of a file."""
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path]


async def _played(
    script: Script, channel: Channel[Any], gateway: str, token: str, console: Console
) -> Played:
    def tell(said: str, answer: Sequence[Shown]) -> None:
        console.print(f"[bold]{_escaped(said)}[/bold]", soft_wrap=True)
        show(console, answer)

    console.print(f"[bold cyan]{_escaped(script.name)}[/bold cyan]")
    async with (
        Talk.open(channel, gateway, who=new_customer(channel.name)) as talk,
        httpx.AsyncClient(base_url=gateway, headers={"Authorization": f"Bearer {token}"}) as http,
    ):
        played = await play(script, talk, ApiFacts(http, channel.name, talk.customer.id), tell)
    for line in played.lines():
        console.print(f"[red]✗[/red] {_escaped(line)}", soft_wrap=True)
    return played


def new_customer(channel: str) -> str:
    """Return an id nobody has used: a phone number on WhatsApp, digits elsewhere."""
    digits = "".join(secrets.choice("0123456789") for _ in range(9))
    return f"393{digits}" if channel == "whatsapp" else f"9{digits}{digits[:6]}"


async def _require_running(gateway: str) -> None:
    try:
        async with httpx.AsyncClient(trust_env=False) as http:
            (await http.get(f"{gateway}/healthz", timeout=3)).raise_for_status()
    except httpx.HTTPError as error:
        raise AppError(f"No gateway answers at {gateway}. Start it with `make run`.") from error


def _require_stand_in(channel: Channel[Any]) -> None:
    """Refuse to play the platform for a channel that is connected to the real one."""
    address = getattr(channel.settings, "api_url", None)
    if address and urlsplit(str(address)).hostname not in _LOCAL:
        raise BadRequestError(
            f"{channel.title} is connected to {urlsplit(str(address)).hostname}. Talk with your "
            f"phone, or set DIALOGO_CHANNELS__{channel.name.upper()}__API_URL to this machine."
        )
