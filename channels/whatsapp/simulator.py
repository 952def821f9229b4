"""A stand-in of WhatsApp's Cloud API, and a customer with a phone."""

import base64
import secrets
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, override
from urllib.parse import urlsplit

from channels.kit import Channel
from channels.testing import (
    Call,
    Guest,
    Habits,
    Json,
    Poster,
    Reply,
    Shown,
    Simulator,
    Tap,
    stand_in,
)
from channels.whatsapp.limits import INVALID, RefusedError, check

_TITLES = {
    0: "AuthException",
    100: "Invalid parameter",
    190: "Invalid OAuth access token",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    130429: "Rate limit hit",
    132001: "Template name does not exist in the translation",
}


def new_id() -> str:
    """Return a message id of the platform's kind."""
    return "wamid." + base64.b64encode(secrets.token_bytes(27)).decode()


class WhatsAppSimulator(Simulator):
    """One business number at WhatsApp.

    `media` are the ids of uploaded files, `templates` the approved ones (None: every well-formed
    name is approved).
    """

    def __init__(
        self,
        channel: Channel[Any],
        webhook: str,
        *,
        habits: Habits | None = None,
        client: Poster | None = None,
    ) -> None:
        super().__init__(channel, webhook, habits=habits, client=client)
        self.media: set[str] = set()
        self.templates: set[str] | None = None
        self._incoming: set[str] = set()
        base = urlsplit(channel.settings.api_url).path.rstrip("/")
        self._path = f"{base}/{channel.account}/messages"
        self._token: str = channel.settings.access_token.get_secret_value()

    @override
    def refuse_call(self, call: Call) -> Reply | None:
        if not secrets.compare_digest(call.token.encode(), self._token.encode()):
            return Reply(401, self.error(190, "Cannot parse access token"))
        if call.method != "POST" or call.path != self._path:
            details = f"Unsupported {call.method} request. Object {call.path} does not exist"
            return Reply(400, self.error(100, details))
        return None

    @override
    def is_signal(self, call: Call) -> bool:
        return call.body.get("status") == "read"

    @override
    def take(self, call: Call) -> tuple[Shown, Json] | Reply:
        body = call.body
        try:
            check(body, self.media)
            who = self._recipient(body)
            self._check_delivery(body, who)
        except RefusedError as error:
            return Reply(400, self.error(error.code, error.details))
        shown = _shown(new_id(), who, body)
        contact = {"input": body.get("to", body.get("recipient")), "wa_id": who}
        answer = {"messaging_product": "whatsapp", "contacts": [contact]}
        return shown, {**answer, "messages": [{"id": shown.id}]}

    @override
    def report_of(self, shown: Shown, status: str) -> Json | None:
        who = "recipient_user_id" if "." in shown.to else "recipient_id"
        report = {"id": shown.id, "status": status, "timestamp": self._now(), who: shown.to}
        return report | ({"biz_opaque_callback_data": shown.key} if shown.key else {})

    @override
    def batch(self, updates: list[Json]) -> Json:
        return self.envelope({"statuses": updates})

    @override
    def error(self, code: int, message: str) -> Json:
        title = _TITLES.get(code, "Error")
        return {
            "error": {
                "message": f"(#{code}) {title}",
                "type": "OAuthException",
                "code": code,
                "error_data": {"messaging_product": "whatsapp", "details": message},
                "fbtrace_id": secrets.token_hex(6),
            }
        }

    def envelope(self, news: Json, field: str = "messages") -> Json:
        """Return the body of a webhook about our number."""
        metadata = {"display_phone_number": "390255500000", "phone_number_id": self.channel.account}
        value = {"messaging_product": "whatsapp", "metadata": metadata, **news}
        changes = [{"field": field, "value": value}]
        entry = [{"id": "900000000000009", "changes": changes}]
        return {"object": "whatsapp_business_account", "entry": entry}

    def customer(
        self, number: str, name: str = "Giulia", *, user_id: str | None = None
    ) -> "WhatsAppCustomer":
        """Return somebody with a phone; with a user id, they hide their number."""
        return WhatsAppCustomer(self, number, name, user_id)

    async def receive(self, who: str, contact: Json, message: Json) -> str:
        """Let a customer's message reach our webhook, and return its id."""
        message_id = new_id()
        self._incoming.add(message_id)
        self.heard(who)
        item = {"id": message_id, "timestamp": self._now(), **message}
        await self.deliver(self.envelope({"contacts": [contact], "messages": [item]}))
        return message_id

    async def person_answers(self, who: str, text: str) -> None:
        """Let somebody of the shop write to a customer in the phone app."""
        ours = {"from": "390255500000", "to": who, "id": new_id(), "timestamp": self._now()}
        echo = {**ours, "type": "text", "text": {"body": text}}
        await self.deliver(self.envelope({"message_echoes": [echo]}, "smb_message_echoes"))

    def _recipient(self, body: Json) -> str:
        to = body.get("to")
        if to is None:
            return str(body["recipient"])
        # Without the plus our own country code is put before the number.
        return str(to[1:] if to.startswith("+") else f"39{to}")

    def _check_delivery(self, body: Json, who: str) -> None:
        template = body.get("type") == "template"
        if template and self.templates is not None:
            name = body["template"]["name"]
            if name not in self.templates:
                raise RefusedError(132001, f"template name ({name}) does not exist")
        if who in self.blocked:
            raise RefusedError(131026, "Message Undeliverable.")
        if not template and not self.window_open(who):
            details = "More than 24 hours have passed since the customer last replied."
            raise RefusedError(131047, details)
        quoted = body.get("context", {}).get("message_id")
        if quoted is not None and quoted not in self._incoming:
            raise RefusedError(INVALID, f"context message {quoted!r} is not known")
        if self.too_fast():
            raise RefusedError(130429, "Cloud API message throughput has been reached.")

    def _now(self) -> str:
        return str(int(self.habits.clock()))


class WhatsAppCustomer(Guest[WhatsAppSimulator]):
    """A customer of the stand-in: writes, taps, sends pictures and carts."""

    def __init__(
        self, simulator: WhatsAppSimulator, number: str, name: str, user_id: str | None
    ) -> None:
        super().__init__(simulator, user_id or number)
        self._from = {"from_user_id": user_id} if user_id else {"from": number}
        ids = {"user_id": user_id} if user_id else {"wa_id": number}
        self._contact: Json = {"profile": {"name": name}, **ids}

    async def send(self, kind: str, part: Any, **beside: Any) -> str:
        """Send a message of any type; `beside` are context, referral and the like."""
        message = {**self._from, "type": kind, kind: part, **beside}
        return await self.simulator.receive(self.id, self._contact, message)

    async def say(self, text: str, **beside: Any) -> str:
        """Write."""
        return await self.send("text", {"body": text}, **beside)

    async def tap(self, tap: Tap) -> str:
        """Tap a button or a row."""
        chosen = {"id": tap.id, "title": tap.title}
        if tap.source == "list" and tap.description:
            chosen["description"] = tap.description
        kind = f"{tap.source}_reply"
        context = {"from": "390255500000", "id": self._bearer_of(tap)}
        return await self.send("interactive", {"type": kind, kind: chosen}, context=context)

    async def send_image(self, caption: str = "") -> str:
        """Send a picture."""
        image = {"id": secrets.token_hex(8), "mime_type": "image/jpeg", "sha256": "x"}
        return await self.send("image", image | ({"caption": caption} if caption else {}))

    async def send_order(self, items: Sequence[Json], text: str = "") -> str:
        """Send a cart; an item is product_retailer_id, quantity, item_price, currency."""
        order = {"catalog_id": "194836987003835", "text": text, "product_items": list(items)}
        return await self.send("order", order)

    async def come_from_ad(self, text: str, ad_id: str, headline: str = "") -> str:
        """Write the first message after a click on an ad."""
        referral = {"source_type": "ad", "source_id": ad_id, "headline": headline}
        address = {"source_url": f"https://fb.me/{ad_id}", "ctwa_clid": secrets.token_urlsafe(12)}
        return await self.say(text, referral={**referral, **address})

    def _bearer_of(self, tap: Tap) -> str:
        return next((m.id for m in reversed(self.shown) if tap in m.taps), "wamid.gone")


def _shown(message_id: str, who: str, body: Json) -> Shown:
    kind = body.get("type", "text")
    part = body[kind]
    text, image = _plain(kind, part), None
    taps: tuple[Tap, ...] = ()
    if kind == "image":
        image = part.get("link", part.get("id"))
    if kind == "interactive":
        cards = part["action"].get("cards", [])
        text = "\n\n".join([part["body"]["text"], *(card["body"]["text"] for card in cards)])
        image = next((found for found in map(_picture, (part, *cards)) if found), None)
        taps = (*_taps(part["action"]), *_taps_of_cards(cards))
    key = body.get("biz_opaque_callback_data")
    return Shown(message_id, who, text, taps, image, key)


def _plain(kind: str, part: Json) -> str:
    match kind:
        case "text":
            return str(part["body"])
        case "location":
            return f"[location] {part.get('name', '')} {part['latitude']}, {part['longitude']}"
        case "template":
            return f"[template {part['name']}]"
        case "interactive":
            return ""
        case _:
            media = part.get("caption", "")
            return str(media) if kind == "image" else f"[{kind}] {part.get('link', '')} {media}"


def _picture(part: Json) -> str | None:
    link: str | None = part.get("header", {}).get("image", {}).get("link")
    return link


def _taps_of_cards(cards: list[Json]) -> Iterator[Tap]:
    for card in cards:
        title = card["body"]["text"].split("\n")[0].strip("*")
        for button in card["action"]["buttons"]:
            reply = button["quick_reply"]
            yield Tap(reply["id"], reply["title"], "button", title)


def _taps(action: Json) -> tuple[Tap, ...]:
    replies = [button["reply"] for button in action.get("buttons", [])]
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    return (
        *(Tap(reply["id"], reply["title"], "button") for reply in replies),
        *(Tap(row["id"], row["title"], "list", row.get("description", "")) for row in rows),
    )


@asynccontextmanager
async def open_customer(
    channel: Channel[Any], gateway: str, *, who: str | None = None, name: str = "Giulia"
) -> AsyncIterator[WhatsAppCustomer]:
    """Run the stand-in where the settings say the API is, and yield a customer of it."""
    simulator = WhatsAppSimulator(channel, f"{gateway}/webhooks/{channel.name}")
    who = who or f"39333{secrets.randbelow(10**7):07}"
    async with stand_in(simulator, who):
        yield simulator.customer(who, name)
