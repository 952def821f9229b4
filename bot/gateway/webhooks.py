"""Receives every channel's webhook and keeps what it brings before answering."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from bot import inbox
from bot.context import read_body, services_of
from bot.errors import NotFoundError
from bot.inbox import Kept
from bot.routing import Services
from channels.kit import Channel, Event, WebhookError, WebhookReply, WebhookRequest

log = logging.getLogger(__name__)
router = APIRouter(prefix="/webhooks", tags=["webhooks"])

# Meta sends up to 3 MB in one call (up to 1000 updates).
MAX_BODY = 4 * 1024 * 1024


class TooLargeError(WebhookError):
    """No platform sends this much."""

    status = 413


def channel_of(request: Request, name: str) -> Channel[Any]:
    """Find the switched-on channel that the address names."""
    channel = services_of(request).channels.get(name)
    if channel is None:
        raise NotFoundError(
            f"Channel {name!r} is not switched on. Set DIALOGO_CHANNELS__{name.upper()}__*; "
            f"`dialogo channels show {name}` lists what it needs."
        )
    return channel


async def read_call(request: Request) -> WebhookRequest:
    """Return the call with its raw body, refusing one that is too large while it arrives."""
    body = await read_body(request, MAX_BODY, TooLargeError)
    return WebhookRequest(request.method, request.headers, dict(request.query_params), body)


@router.api_route("/{name}", methods=["GET", "POST"], status_code=200, include_in_schema=False)
async def receive(
    request: Request, channel: Annotated[Channel[Any], Depends(channel_of)]
) -> Response:
    """Accept a call from a messaging platform."""
    return await _take(request, channel)


def door_of(channel: Channel[Any]) -> Callable[[Request], Awaitable[Response]]:
    """Return what accepts the posts of one channel, for the short way in."""

    async def door(request: Request) -> Response:
        return await _take(request, channel)

    return door


async def _take(request: Request, channel: Channel[Any]) -> Response:
    """Keep what a call brings, then say 200.

    Storing is all that happens before the answer; the worker does the rest. Platforms give us a
    few seconds and repeat what they think has failed.
    """
    services = services_of(request)
    metrics = services.metrics
    began = time.perf_counter()
    try:
        call = await read_call(request)
        if reply := channel.handshake(call):
            return _answer(reply)
        channel.verify(call)
        events = channel.parse(call)
    except WebhookError as error:
        metrics.webhooks.labels(channel.name, "refused").inc()
        return refused(channel.name, error)
    await _keep(services, channel.name, events, began)
    metrics.webhooks.labels(channel.name, "kept").inc()
    metrics.webhook_seconds.observe(time.perf_counter() - began)
    return Response(status_code=200)


def refused(channel: str, error: WebhookError) -> Response:
    """Say what was wrong with a call, to the caller and to the operator."""
    log.warning("webhook refused", extra={"channel": channel, "reason": str(error)})
    return Response(str(error), error.status, media_type="text/plain")


async def _keep(services: Services, name: str, events: list[Event], began: float) -> None:
    metrics = services.metrics
    # The worker may be done with a turn before we hear that it was stored: noted beforehand.
    keys = [inbox.task_key(name, event) for event in events]
    noted = {key for key in keys if metrics.clock.arrived(key, began)}
    kept = Kept()
    try:
        kept = await services.worker.submit(lambda conn: inbox.keep(conn, name, events))
    finally:
        for key in noted - kept.started:
            metrics.clock.forget(key)
    for kind, count in kept.kinds.items():
        metrics.events.labels(name, kind).inc(count)
    for what, count in kept.ignored.items():
        metrics.ignored.labels(name, what).inc(count)
    if kept.repeated:
        metrics.repeated.labels(name).inc(kept.repeated)


def _answer(reply: WebhookReply) -> Response:
    return Response(reply.body, reply.status, media_type=reply.content_type)
