"""A stand-in of Messenger's Send API, and a customer in the app."""

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, override
from urllib.parse import urlsplit

from channels.kit import Channel
from channels.messenger.limits import RefusedError, check, recipient_of
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

PAGE_INBOX = "263902037430900"


def new_id() -> str:
    """Return a message id of the platform's kind."""
    return "m_" + secrets.token_urlsafe(48)


class MessengerSimulator(Simulator):
    """One page at Messenger."""

    def __init__(
        self,
        channel: Channel[Any],
        webhook: str,
        *,
        habits: Habits | None = None,
        client: Poster | None = None,
    ) -> None:
        super().__init__(channel, webhook, habits=habits, client=client)
        self.app_id: str = channel.settings.app_id or "999000000000009"
        base = urlsplit(channel.settings.api_url).path.rstrip("/")
        self._paths = {f"{base}/{channel.account}/messages", f"{base}/me/messages"}
        self._token: str = channel.settings.page_access_token.get_secret_value()
        self._bodies: dict[str, Json] = {}

    @override
    def refuse_call(self, call: Call) -> Reply | None:
        if not secrets.compare_digest(call.token.encode(), self._token.encode()):
            return Reply(401, self.error(190, "Invalid OAuth access token."))
        if call.method != "POST" or call.path not in self._paths:
            return Reply(400, self.error(100, f"Object {call.path} does not exist"))
        return None

    @override
    def is_signal(self, call: Call) -> bool:
        return "sender_action" in call.body and "message" not in call.body

    @override
    def take(self, call: Call) -> tuple[Shown, Json] | Reply:
        body = call.body
        try:
            who = recipient_of(body)
            check(body)
            self._check_delivery(who)
        except RefusedError as error:
            return Reply(400, self.error(error.code, error.details, error.subcode))
        shown = _shown(new_id(), who, body["message"])
        self._bodies[shown.id] = body["message"]
        return shown, {"recipient_id": who, "message_id": shown.id}

    @override
    def report_of(self, shown: Shown, status: str) -> Json | None:
        at = self._now()
        match status:
            case "sent":
                echo = {**self._bodies.pop(shown.id, {}), "mid": shown.id, "is_echo": True}
                page, customer = {"id": self.channel.account}, {"id": shown.to}
                message = {**echo, "app_id": int(self.app_id)}
                return {"sender": page, "recipient": customer, "timestamp": at, "message": message}
            case "delivered":
                return self._from(shown.to, delivery={"mids": [shown.id], "watermark": at})
            case _:
                return self._from(shown.to, read={"watermark": at})

    @override
    def batch(self, updates: list[Json]) -> Json:
        entry = {"id": self.channel.account, "time": self._now(), "messaging": updates}
        return {"object": "page", "entry": [entry]}

    @override
    def error(self, code: int, message: str, subcode: int | None = None) -> Json:
        error: Json = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code}
        if subcode is not None:
            error["error_subcode"] = subcode
        return {"error": {**error, "fbtrace_id": secrets.token_hex(6)}}

    def customer(self, psid: str) -> "MessengerCustomer":
        """Return somebody with the app."""
        return MessengerCustomer(self, psid)

    async def receive(self, who: str, **part: Any) -> None:
        """Let an event of a customer reach our webhook."""
        self.heard(who)
        await self.deliver(self.batch([self._from(who, **part)]))

    async def person_answers(self, who: str, text: str, app_id: str = PAGE_INBOX) -> None:
        """Let somebody of the shop write to a customer in the page's inbox."""
        message = {"mid": new_id(), "text": text, "is_echo": True, "app_id": int(app_id)}
        page = {"id": self.channel.account}
        echo = {"sender": page, "recipient": {"id": who}, "timestamp": self._now()}
        await self.deliver(self.batch([{**echo, "message": message}]))

    def _from(self, who: str, **part: Any) -> Json:
        page = {"id": self.channel.account}
        return {"sender": {"id": who}, "recipient": page, "timestamp": self._now(), **part}

    def _check_delivery(self, who: str) -> None:
        if who in self.blocked:
            raise RefusedError("This person isn't available right now.", 551, 1545041)
        if self.habits.window and who not in self.last_heard:
            raise RefusedError("No matching user found", 100, 2018001)
        if not self.window_open(who):
            details = "This message is sent outside of allowed window."
            raise RefusedError(details, 10, 2018278)
        if self.too_fast():
            raise RefusedError("Calls to this api have exceeded the rate limit.", 613)

    def _now(self) -> int:
        return int(self.habits.clock() * 1000)


class MessengerCustomer(Guest[MessengerSimulator]):
    """A customer of the stand-in: writes, taps, sends pictures, comes through links."""

    async def send(self, **message: Any) -> str:
        """Send a message with any parts, and return its id."""
        mid = new_id()
        await self.simulator.receive(self.id, message={"mid": mid, **message})
        return mid

    async def say(self, text: str) -> str:
        """Write."""
        return await self.send(text=text)

    async def tap(self, tap: Tap) -> str:
        """Tap a quick reply or a button of a template."""
        if tap.source == "quick_reply":
            return await self.send(text=tap.title, quick_reply={"payload": tap.id})
        mid = new_id()
        postback = {"mid": mid, "title": tap.title, "payload": tap.id}
        await self.simulator.receive(self.id, postback=postback)
        return mid

    async def send_image(self, text: str | None = None) -> str:
        """Send a picture."""
        payload = {"url": f"https://cdn.example/{secrets.token_hex(6)}.jpg"}
        attachments = [{"type": "image", "payload": payload}]
        return await self.send(attachments=attachments, **({"text": text} if text else {}))

    async def come_from_link(self, ref: str, ad_id: str | None = None) -> None:
        """Open the chat through an m.me link or an ad."""
        source = {"source": "ADS", "ad_id": ad_id} if ad_id else {"source": "SHORTLINK"}
        await self.simulator.receive(
            self.id, referral={"ref": ref, "type": "OPEN_THREAD", **source}
        )


def _shown(message_id: str, who: str, message: Json) -> Shown:
    payload = message.get("attachment", {}).get("payload", {})
    elements = payload.get("elements", [])
    text = message.get("text") or payload.get("text") or _words(elements)
    image = next((e["image_url"] for e in elements if "image_url" in e), payload.get("url"))
    taps = (*_postbacks(payload), *_quick_replies(message))
    return Shown(message_id, who, text, taps, image, message.get("metadata"))


def _words(elements: list[Json]) -> str:
    return "\n".join(f"{e['title']}\n{e.get('subtitle', '')}".strip() for e in elements)


def _postbacks(payload: Json) -> Iterator[Tap]:
    elements = payload.get("elements", [])
    for element in [payload, *elements]:
        for button in element.get("buttons", []):
            if button["type"] == "postback":
                about = str(element["title"]) if len(elements) > 1 else ""
                yield Tap(button["payload"], button["title"], "postback", about)


def _quick_replies(message: Json) -> Iterator[Tap]:
    for reply in message.get("quick_replies", []):
        if reply["content_type"] == "text":
            yield Tap(reply["payload"], reply["title"][:20], "quick_reply")


@asynccontextmanager
async def open_customer(
    channel: Channel[Any], gateway: str, *, who: str | None = None, name: str = "Giulia"
) -> AsyncIterator[MessengerCustomer]:
    """Run the stand-in where the settings say the API is, and yield a customer of it.

    Messenger does not tell anybody's name in its webhooks.
    """
    simulator = MessengerSimulator(channel, f"{gateway}/webhooks/{channel.name}")
    who = who or f"7{secrets.randbelow(10**15):015}"
    async with stand_in(simulator, who):
        yield simulator.customer(who)
