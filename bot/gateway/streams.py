"""For channels whose customers hold a connection to us: open a session, follow its messages.

Nothing here knows which channel that is; the adapter answers who may open and who may listen.
"""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.context import services_of
from bot.gateway.webhooks import channel_of, read_call, refused
from channels.kit import Channel, WebhookError

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

# Proxies close a silent connection after a minute; a comment line keeps it open.
_PING_SECONDS = 20


@router.post("/{name}/session")
async def session(
    request: Request, channel: Annotated[Channel[Any], Depends(channel_of)]
) -> Response:
    """Give a browser its signed session."""
    try:
        reply = channel.open_session(await read_call(request))
    except WebhookError as error:
        return refused(channel.name, error)
    if reply is None:
        return Response(f"{channel.title} has no sessions.", 404, media_type="text/plain")
    return Response(reply.body, reply.status, media_type=reply.content_type)


@router.get("/{name}/stream")
async def stream(
    request: Request, channel: Annotated[Channel[Any], Depends(channel_of)]
) -> Response:
    """Send a customer's messages as they come, from the one after `Last-Event-ID` on."""
    call = await read_call(request)
    try:
        listener = channel.listener(call)
        after = _last_seen(request)
    except WebhookError as error:
        return refused(channel.name, error)
    return EventSourceResponse(_events(request, channel.name, listener, after), ping=_PING_SECONDS)


def _last_seen(request: Request) -> int:
    given = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
    return int(given) if given.isdigit() else 0


async def _events(
    request: Request, channel: str, listener: str, after: int
) -> AsyncIterator[ServerSentEvent]:
    async for number, payload in services_of(request).streams.follow(channel, listener, after):
        yield ServerSentEvent(json.dumps(payload, ensure_ascii=False), id=str(number))
