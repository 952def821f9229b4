"""Replays a channel's fixture files: what the platform sends, what we send to it.

`inbound/*.json` holds what the platform posted and the events we read from it; `outbound/*.json`
a message (or signal) and the calls we make for it, with the platform's answers.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from channels import registry
from channels.kit import (
    ApiReply,
    Channel,
    Delivery,
    Event,
    Outbound,
    PlatformDownError,
    RateLimitedError,
    SendError,
    Signal,
    WebhookError,
    WebhookRequest,
)


class Strict(BaseModel):
    """A part of a fixture file; a typing mistake in it is an error."""

    model_config = ConfigDict(extra="forbid")


class Inbound(Strict):
    """One webhook call and what we read from it, or the error it deserves.

    A body written as text is sent as it is; anything else as JSON.
    """

    note: str
    body: Any
    headers: dict[str, str] = Field(default_factory=dict)
    query: dict[str, str] = Field(default_factory=dict)
    events: list[dict[str, Any]] = Field(default_factory=list)
    error: str | None = None


class Call(Strict):
    """What the adapter must ask its `Api` for: a POST, or a push to a connected customer."""

    url: str | None = None
    push: str | None = None
    key: str | None = None
    json_body: dict[str, Any] = Field(alias="json")
    headers: dict[str, str] = Field(default_factory=dict)


class Answer(Strict):
    """What comes back."""

    status: int = 200
    json_body: Any = Field(None, alias="json")
    headers: dict[str, str] = Field(default_factory=dict)


class Step(Strict):
    """One call and its answer."""

    call: Call
    reply: Answer = Field(default_factory=Answer)


class Wish(Strict):
    """A signal to be shown."""

    signal: Literal["typing", "read"]
    message_id: str | None = None


class OutboundCase(Strict):
    """A message, the calls made for it, and the id or the error that comes of it."""

    note: str
    to: dict[str, str]
    message: Outbound | None = None
    signal: Wish | None = None
    correlation: str = "fixture-1"
    reply_to: str | None = None
    exchange: list[Step] = Field(default_factory=list)
    sent: str | None = None
    error: str | None = None
    code: str | None = None
    scope: str | None = None
    retry_after: float | None = None


class ScriptedApi:
    """An `Api` that expects the calls of a fixture and gives its answers."""

    def __init__(self, steps: list[Step]) -> None:
        self._steps = list(steps)

    async def post(
        self, url: str, *, json: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> ApiReply:
        """Answer the next call of the fixture, raising what the real one raises."""
        step = self._next(url)
        assert url == step.call.url, f"called {url}, the fixture expects {step.call.url}"
        _same(json, step.call.json_body, "body of the call")
        given = {key.lower(): value for key, value in (headers or {}).items()}
        for key, value in step.call.headers.items():
            assert given.get(key.lower()) == value, f"header {key} of the call is different"
        return _answer(step.reply)

    async def push(self, to: str, payload: dict[str, Any], *, key: str) -> str:
        """Take the next push of the fixture."""
        step = self._next(f"push to {to}")
        assert to == step.call.push, f"pushed to {to}, the fixture expects {step.call.push}"
        assert key == step.call.key, f"pushed with key {key}, the fixture expects {step.call.key}"
        _same(payload, step.call.json_body, "pushed payload")
        return str(step.reply.json_body)

    def done(self) -> None:
        """Assert that no call of the fixture is left."""
        assert not self._steps, f"{len(self._steps)} expected calls were not made"

    def _next(self, what: str) -> Step:
        assert self._steps, f"a call that the fixture does not expect: {what}"
        return self._steps.pop(0)


def adapter(name: str, **changes: Any) -> Channel[Any]:
    """Return a channel switched on with the harmless settings of its fixtures, some changed."""
    path = registry.folder(name) / "fixtures" / "settings.json"
    return registry.build(name, json.loads(path.read_text()) | changes)


def cases(direction: Literal["inbound", "outbound"], *names: str) -> list[Path]:
    """Return the fixture files of the named channels, or of all."""
    folders = (registry.folder(name) for name in names or registry.names())
    return [
        path
        for folder in folders
        for path in sorted((folder / "fixtures" / direction).glob("*.json"))
    ]


def request(
    body: Any,
    headers: Mapping[str, str] | None = None,
    *,
    query: Mapping[str, str] | None = None,
    method: str = "POST",
) -> WebhookRequest:
    """Return a webhook call; a body that is no text or bytes is sent as JSON."""
    if isinstance(body, str):
        body = body.encode()
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return WebhookRequest(method, dict(headers or {}), dict(query or {}), raw)


def read_inbound(path: Path) -> tuple[Inbound, WebhookRequest]:
    """Return an inbound fixture and its call, signed as the platform would sign it."""
    case = Inbound.model_validate_json(path.read_text())
    unsigned = request(case.body, case.headers, query=case.query)
    return case, adapter(channel_of(path)).sign(unsigned)


def read_outbound(path: Path) -> OutboundCase:
    """Return an outbound fixture."""
    return OutboundCase.model_validate_json(path.read_text())


def channel_of(path: Path) -> str:
    """Return the name of the channel that a fixture file belongs to."""
    return path.parts[-4]


def replay_inbound(path: Path) -> None:
    """Assert that a call is let in and read as the fixture says."""
    case, call = read_inbound(path)
    channel = adapter(channel_of(path))
    channel.verify(call)
    try:
        events = channel.parse(call)
    except WebhookError as error:
        assert type(error).__name__ == case.error, f"raised {error!r}"
        return
    assert case.error is None, f"{case.error} was expected"
    _same([summary(event) for event in events], case.events, "events")


async def replay_outbound(path: Path) -> None:
    """Assert that a message becomes the calls and the result that the fixture says."""
    case = read_outbound(path)
    channel = adapter(channel_of(path))
    api = ScriptedApi(case.exchange)
    try:
        sent = await _go(channel, case, api)
    except SendError as error:
        _check_error(error, case, channel)
    else:
        assert case.error is None, f"{case.error} was expected"
        assert sent == case.sent, f"the id is {sent!r}, the fixture expects {case.sent!r}"
    api.done()


async def post_fixture(channel: Channel[Any], path: Path, gateway: str) -> httpx.Response:
    """Post an inbound fixture at a running gateway, signed with the channel's own settings."""
    case = Inbound.model_validate_json(path.read_text())
    call = channel.sign(request(case.body, case.headers, query=case.query))
    async with httpx.AsyncClient(base_url=gateway, timeout=20) as client:
        return await client.post(
            f"/webhooks/{channel.name}",
            content=call.body,
            headers={"content-type": "application/json", **call.headers},
            params=dict(call.query),
        )


def summary(event: Event) -> dict[str, Any]:
    """Return an event as fixtures write it: what is not said otherwise is left out."""
    said = event.model_dump(mode="json", exclude={"raw", "kind"}, exclude_defaults=True)
    return {"kind": event.kind, **said}


def secrets_of(channel: Channel[Any]) -> list[str]:
    """Return the values that must never be shown."""
    values = (getattr(channel.settings, field) for field in type(channel.settings).model_fields)
    return [value.get_secret_value() for value in values if isinstance(value, SecretStr)]


async def _go(channel: Channel[Any], case: OutboundCase, api: ScriptedApi) -> str | None:
    if case.signal:
        wish = case.signal.model_dump()
        await channel.signal(Signal(account=channel.account, to=case.to, **wish), api)
        return None
    assert case.message, "a fixture needs a message or a signal"
    delivery = Delivery(
        account=channel.account,
        to=case.to,
        message=case.message,
        correlation=case.correlation,
        reply_to=case.reply_to,
    )
    return await channel.send(delivery, api)


def _check_error(error: SendError, case: OutboundCase, channel: Channel[Any]) -> None:
    assert type(error).__name__ == case.error, f"raised {error!r}"
    for field in ("code", "scope", "retry_after"):
        wanted = getattr(case, field)
        assert wanted is None or getattr(error, field) == wanted, f"{field} of {error!r}"
    shown = f"{error!r} {error}"
    assert not any(secret in shown for secret in secrets_of(channel)), "a secret is in the error"


def _answer(reply: Answer) -> ApiReply:
    if reply.status == 429:
        raise RateLimitedError(float(reply.headers.get("retry-after", "1")))
    if reply.status >= 500 and not _has_error(reply.json_body):
        raise PlatformDownError(f"HTTP {reply.status}")
    return ApiReply(reply.status, reply.json_body, reply.headers)


def _has_error(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("error"), dict)


def _same(found: Any, wanted: Any, what: str) -> None:
    if found != wanted:
        shown = json.dumps(found, indent=2, ensure_ascii=False, default=str)
        expected = json.dumps(wanted, indent=2, ensure_ascii=False)
        raise AssertionError(f"{what} differ.\nfound: {shown}\nexpected: {expected}")
