"""The engine's door to the catalog: Rasa's action protocol over HTTP."""

import logging
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import SecretStr, ValidationError
from pydantic_core import to_json

from bot import http
from bot.actions.answer import Answer, person, say
from bot.actions.asked import Asked, Call, read_call
from bot.actions.errors import (
    ActionError,
    DeclinedError,
    TooLargeError,
    UnknownActionError,
    UnreadableCallError,
    WrongTokenError,
)
from bot.actions.pointing import marks_of
from bot.actions.shop import Shop
from bot.actions.table import ACTIONS
from bot.context import read_body, services_of
from bot.errors import AppError
from bot.routing.services import Services
from catalog import ShopMissingError

log = logging.getLogger(__name__)
# A tracker of a bounded conversation has some ten kilobytes; the rest is somebody's mischief.
LARGEST_BODY = 8 * 1024 * 1024

router = APIRouter()


@router.post("/engine/actions", include_in_schema=False)
async def run_action(request: Request) -> Response:
    """Run one action; a repeated call answers the same again, nothing is changed by it."""
    services = services_of(request)
    try:
        check_token(request.headers.get("authorization", ""), services.settings.engine_token)
        body = await _body(request)
    except AppError as error:
        return _refusal(error)
    done = await act(body, services)
    return Response(done.content, done.status, media_type="application/json")


async def act(body: bytes, services: Services) -> http.Answer:
    """Run the action that a call's body names; returns the status and the body of its answer."""
    try:
        answer = await perform(_read(body), services)
    except AppError as error:
        refusal = _refusal(error)
        return http.Answer(refusal.status_code, bytes(refusal.body))
    except Exception as error:
        log.exception("an action failed")
        return http.Answer(500, to_json({"error": f"{type(error).__name__}: {error}"}))
    return http.Answer(200, to_json(_response(answer)))


async def perform(call: Call, services: Services) -> Answer:
    """Let the action of this name answer."""
    action = ACTIONS.get(call.next_action)
    if action is None:
        raise UnknownActionError(
            f"There is no action called {call.next_action}; bot/actions/table.py lists them.",
            call.next_action,
        )
    asked = read_call(call, services.settings.languages)
    shop = Shop(services.catalog, datetime.now(UTC), asked.language)
    asked = asked.model_copy(update={"needs": await shop.needs()})
    try:
        return await _marked(await action(asked, shop), asked, shop)
    except ShopMissingError:
        return say("not_known", person(), answer="none")
    except ValidationError as error:
        # What the flow or the customer asked for makes no sense to the catalog.
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DeclinedError(f"{where}: {first['msg']}", call.next_action) from error


async def _marked(answer: Answer, asked: Asked, shop: Shop) -> Answer:
    """Let the flows know which of the products now shown is the cheapest, which is red."""
    shown, focus = answer.slots.get("shown"), answer.slots.get("focus")
    if shown is None and focus in (None, *asked.shown):
        return answer
    marks = await marks_of(asked.shown if shown is None else shown, shop, focus)
    return replace(answer, slots={**answer.slots, "marks": marks})


def check_token(header: str, token: SecretStr | None) -> None:
    """Return quietly when the header carries the engine's token."""
    expected = f"Bearer {token.get_secret_value()}" if token else ""
    if not expected or not compare_digest(header.encode(), expected.encode()):
        raise WrongTokenError("Send the engine's token: Authorization: Bearer ...")


async def _body(request: Request) -> bytes:
    raw = await read_body(request, LARGEST_BODY, TooLargeError)
    encoding = request.headers.get("content-encoding", "identity").lower()
    if encoding in ("", "identity"):
        return raw
    if encoding == "deflate":
        return _inflated(raw)
    raise UnreadableCallError(f"Content-Encoding {encoding} is not understood; use deflate.")


def _inflated(raw: bytes) -> bytes:
    """Undo deflate, never into more than the largest body: small bombs inflate a thousandfold."""
    inflater = zlib.decompressobj()
    try:
        body = inflater.decompress(raw, LARGEST_BODY + 1)
    except zlib.error as error:
        raise UnreadableCallError("The body is not deflated, as its header says.") from error
    if len(body) > LARGEST_BODY:
        raise TooLargeError(f"The body inflates to more than {LARGEST_BODY} bytes.")
    if not inflater.eof:
        raise UnreadableCallError("The deflated body ends too early.")
    return body


def _read(body: bytes) -> Call:
    try:
        return Call.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise UnreadableCallError(f"{where}: {first['msg']}") from error


def _response(answer: Answer) -> dict[str, Any]:
    events = [{"event": "slot", "name": name, "value": v} for name, v in answer.slots.items()]
    replies = [reply.model_dump() for reply in answer.replies]
    return {"events": events, "responses": [{"custom": reply} for reply in replies]}


def _refusal(error: AppError) -> JSONResponse:
    body = {"error": str(error)}
    if isinstance(error, ActionError):
        body["action_name"] = error.action
    return JSONResponse(body, status_code=error.status)
