"""Reading conversations, and an agent's replies."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from bot import conversations, desk
from bot.context import services_of
from bot.errors import ConflictError
from bot.web.api.paging import Before, Limit, link_next
from bot.web.api.shapes import ConversationDetail, ConversationOut, MessageOut, Problem

router = APIRouter(prefix="/conversations", tags=["conversations"])


class ReplyIn(BaseModel):
    """What an agent says to the customer."""

    text: str = Field(min_length=1, max_length=20_000, examples=["Buongiorno Giulia, sono Anna!"])
    agent: str | None = Field(
        None, max_length=80, description="Who speaks; default: whoever holds the conversation."
    )
    key: str | None = Field(
        None, max_length=80, description="Your own id of this reply: the same one is sent once."
    )


class Sent(BaseModel):
    """The messages that a reply became; a long text becomes several."""

    conversation: str
    messages: list[str] = Field(description="Their keys, in order.")


@router.get("", summary="List conversations")
async def list_conversations(
    request: Request,
    response: Response,
    channel: Annotated[str | None, Query(examples=["whatsapp"])] = None,
    customer: Annotated[
        str | None, Query(description="Any id of the customer, such as a phone number.")
    ] = None,
    limit: Limit = 50,
    before: Before = None,
) -> list[ConversationOut]:
    """Return conversations, the one spoken in last first."""
    async with services_of(request).database.sessions() as session:
        rows = await conversations.find(
            session, channel=channel, customer=customer, limit=limit, before=before
        )
    if rows:
        link_next(request, response, last=rows[-1].last_at, full=len(rows) == limit)
    return [ConversationOut.of(row) for row in rows]


@router.get(
    "/{conversation_id}", summary="Read a conversation", responses={404: {"model": Problem}}
)
async def read_conversation(
    request: Request,
    conversation_id: str,
    after: Annotated[int, Query(ge=0, description="Only messages after this id.")] = 0,
    limit: Annotated[int, Query(ge=1, le=2000, description="The newest so many.")] = 500,
) -> ConversationDetail:
    """Return one conversation with owner, attribution and all messages both ways."""
    async with services_of(request).database.sessions() as session:
        row = await conversations.get(session, conversation_id)
        log = await conversations.transcript(session, row.id, after=after, limit=limit)
        handoff = await desk.open_of(session, row.id)
    return ConversationDetail.of(
        row,
        facts=row.facts,
        handoff=handoff.id if handoff else None,
        messages=[MessageOut.of(message) for message in log],
    )


@router.post(
    "/{conversation_id}/messages",
    status_code=201,
    summary="Reply as an agent",
    responses={404: {"model": Problem}, 409: {"model": Problem}},
)
async def reply(request: Request, conversation_id: str, body: ReplyIn) -> Sent:
    """Send a person's words to the customer; 409 unless a person owns the conversation."""
    services = services_of(request)
    async with services.database.sessions() as session:
        row = await conversations.get(session, conversation_id)
    channel = services.channels.get(row.channel)
    if channel is None:
        raise ConflictError(f"The channel {row.channel!r} is switched off; nothing can be sent.")
    keys = await services.worker.submit(
        lambda conn: desk.reply(
            conn,
            row.id,
            agent=body.agent,
            text=body.text,
            capabilities=channel.capabilities,
            key=body.key,
        )
    )
    return Sent(conversation=row.id, messages=keys)
