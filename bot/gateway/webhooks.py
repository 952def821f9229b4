"""Receives every channel's webhook and keeps what it brings before answering."""

import logging
import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from bot import inbox
from bot.errors import NotFoundError
from bot.routing import Services
from channels.kit import Channel, Event, WebhookError, WebhookReply, WebhookRequest

log = logging.getLogger(__name__)
router = APIRouter(prefix="/webhooks", tags=["webhooks"])

# Meta sends up to 3 MB in one call (up to 1000 updates).
MAX_BODY = 4 * 1024 * 1024


class TooLargeError(WebhookError):
    """No platform sends this much."""

    status = 413


def services_of(request: Request) -> Services:
    """Return what `bot.app` built for this application."""
    services: Services = request.app.state.services
    return services


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
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise TooLargeError(f"The body is larger than {MAX_BODY} bytes.")
    return WebhookRequest(request.method, request.headers, dict(request.query_params), bytes(body))


@router.api_route("/{name}", methods=["GET", "POST"], status_code=200, include_in_schema=False)
async def handshake(
    request: Request, channel: Annotated[Channel[Any], Depends(channel_of)]
) -> Response:
    """Answer a platform that asks whether we own the address; posts come the short way."""
    return await _take(request, channel)


async def receive(request: Request) -> Response:
    """Accept a platform's post; NotFoundError when the channel is not switched on."""
    return await _take(request, channel_of(request, request.path_params["name"]))


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
    for event in events:
        metrics.clock.arrived(inbox.task_key(channel.name, event), began)
    await _keep(services, channel.name, events)
    metrics.webhooks.labels(channel.name, "kept").inc()
    metrics.webhook_seconds.observe(time.perf_counter() - began)
    return Response(status_code=200)


def refused(channel: str, error: WebhookError) -> Response:
    """Say what was wrong with a call, to the caller and to the operator."""
    log.warning("webhook refused", extra={"channel": channel, "reason": str(error)})
    return Response(str(error), error.status, media_type="text/plain")


async def _keep(services: Services, name: str, events: list[Event]) -> None:
    kept = await services.worker.submit(lambda conn: inbox.keep(conn, name, events))
    metrics = services.metrics
    for kind, count in kept.kinds.items():
        metrics.events.labels(name, kind).inc(count)
    for what, count in kept.ignored.items():
        metrics.ignored.labels(name, what).inc(count)
    if kept.repeated:
        metrics.repeated.labels(name).inc(kept.repeated)


def _answer(reply: WebhookReply) -> Response:
    return Response(reply.body, reply.status, media_type=reply.content_type)
