"""The chat on the shop's own pages: a protocol of ours, described in README.md."""

import json
from typing import Annotated, Any, Literal, override

from pydantic import ConfigDict, Field, ValidationError, model_validator

from channels import kit
from channels.webchat import sessions
from channels.webchat.settings import Settings

# The visitor's messages are typed by hand; longer ones are somebody's program.
MAX_TEXT = 2000

ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Picked(kit.Shape):
    """A choice of ours that the visitor tapped."""

    id: str = Field(min_length=1, max_length=256)
    title: str = Field("", max_length=200)


class Posted(kit.Shape):
    """One call from our own page: strict, because nobody else is supposed to make one."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: ClientId
    text: str | None = Field(None, min_length=1, max_length=MAX_TEXT)
    choice: Picked | None = None
    language: str | None = Field(None, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    name: str | None = Field(None, min_length=1, max_length=80)
    product: str | None = Field(None, min_length=1, max_length=100)
    page: str | None = Field(None, max_length=500)
    ref: str | None = Field(None, max_length=200)

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Posted":
        if (self.text is None) == (self.choice is None):
            raise ValueError("text or choice, one of them")
        return self


class WebChatChannel(kit.Channel[Settings]):
    """Visitors of the shop's web site."""

    name = "webchat"
    title = "Web chat"
    Settings = Settings
    batches = False
    capabilities = kit.Capabilities(
        max_text=8000,
        buttons=30,
        button_label=120,
        buttons_text=8000,
        choice_id=256,
        cards=20,
        card_title=200,
        card_subtitle=1000,
        card_buttons=6,
        caption=2000,
        media=frozenset({"image", "video", "audio", "document"}),
        location=True,
        correlation=True,
        messages_per_second=500.0,
    )

    @property
    @override
    def account(self) -> str:
        return self.settings.site

    @property
    @override
    def origins(self) -> tuple[str, ...]:
        return self.settings.allowed_origins

    @override
    def open_session(self, request: kit.WebhookRequest) -> kit.WebhookReply | None:
        """Renew the session whose token is shown, otherwise make a new one."""
        sessions.check_origin(self.settings, request)
        try:
            session = sessions.session_of(self.settings, sessions.bearer(request))
        except kit.SignatureError:
            session = sessions.new_session()
        token = sessions.issue(self.settings, session)
        body = json.dumps({"session": session, "token": token, "site": self.settings.site})
        return kit.WebhookReply(body, content_type="application/json")

    @override
    def listener(self, request: kit.WebhookRequest) -> str:
        self.verify(request)
        return sessions.session_of(self.settings, sessions.bearer(request))

    @override
    def verify(self, request: kit.WebhookRequest) -> None:
        sessions.check_origin(self.settings, request)
        sessions.session_of(self.settings, sessions.bearer(request))

    @override
    def sign(self, request: kit.WebhookRequest) -> kit.WebhookRequest:
        token = sessions.issue(self.settings, "replay")
        headers = {**request.headers, "authorization": f"Bearer {token}"}
        return kit.WebhookRequest(request.method, headers, request.query, request.body)

    @override
    def parse(self, request: kit.WebhookRequest) -> list[kit.Event]:
        raw = kit.read_json(request.body)
        try:
            posted = Posted.model_validate(raw)
        except ValidationError as error:
            raise kit.PayloadError(_first_complaint(error)) from None
        session = sessions.session_of(self.settings, sessions.bearer(request))
        return [_event(posted, session, self.account, raw)]

    @override
    async def send(self, delivery: kit.Delivery, api: kit.Api) -> str:
        session = delivery.to.get("session")
        if not session:
            raise kit.MessageRefusedError("the visitor has no session to send to")
        if isinstance(delivery.message, kit.Template):
            raise kit.MessageRefusedError("the web chat has no templates")
        payload: dict[str, Any] = {
            "key": delivery.correlation,
            "message": delivery.message.model_dump(mode="json"),
        }
        if delivery.agent:
            payload["agent"] = delivery.agent
        if delivery.waiting:
            payload["waiting"] = True
        return await api.push(session, payload, key=delivery.correlation)


def _first_complaint(error: ValidationError) -> str:
    first = error.errors(include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}".strip(": ")


def _event(posted: Posted, session: str, account: str, raw: dict[str, Any]) -> kit.Event:
    language: str | None = posted.language.split("-")[0].lower() if posted.language else None
    base: dict[str, Any] = {
        # Two visitors may choose the same id for their messages.
        "event_id": f"{session}:{posted.id}",
        "account": account,
        "sender": kit.Person(ids={"session": session}, name=posted.name, language=language),
        "referral": _referral(posted),
        "product": kit.ProductRef(product_id=posted.product) if posted.product else None,
        "raw": raw,
    }
    if posted.choice:
        source: Literal["button"] = "button"
        choice = posted.choice
        return kit.ChoiceTapped(choice_id=choice.id, title=choice.title, source=source, **base)
    return kit.TextSaid(text=posted.text or "", **base)


def _referral(posted: Posted) -> kit.Referral | None:
    if not (posted.page or posted.ref):
        return None
    return kit.Referral(source="web", ref=posted.ref, url=posted.page)


CHANNEL = WebChatChannel
