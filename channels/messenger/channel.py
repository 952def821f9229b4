"""Facebook Messenger, through Meta's Send API.

https://developers.facebook.com/documentation/business-messaging/messenger-platform
"""

from typing import override
from urllib.parse import quote

from pydantic import Field, ValidationError

from channels import kit
from channels.kit import hub
from channels.messenger import writing
from channels.messenger.reading import Reading
from channels.messenger.refusals import refusal


class Settings(kit.ChannelSettings):
    """What the operator fills in."""

    app_secret: kit.Secret = Field(description="App dashboard > App settings > Basic")
    verify_token: kit.Secret = Field(description="Any random text, typed in the webhook set-up too")
    page_access_token: kit.Secret = Field(description="Messenger > API setup > Generate token")
    page_id: str = Field(min_length=1, description="The page's number, from its About section")
    app_id: str | None = Field(
        None, description="The app's number: tells our own messages from other apps' ones"
    )
    api_url: kit.Address = Field(
        "https://graph.facebook.com/v23.0", description="Base address with the API's version"
    )
    messages_per_second: float = Field(
        40.0, gt=0, le=300, description="Above 40 Meta blocks the page's inbox for people"
    )


class Accepted(kit.Payload):
    """The answer to a send call."""

    message_id: str = Field(min_length=1)


class MessengerChannel(kit.Channel[Settings]):
    """Chats between a customer and one page."""

    name = "messenger"
    title = "Messenger"
    Settings = Settings
    capabilities = kit.Capabilities(
        max_text=2000,
        buttons=3,
        button_label=20,
        buttons_text=640,
        quick_replies=13,
        quick_reply_label=20,
        choice_id=1000,
        cards=10,
        card_title=80,
        card_subtitle=80,
        card_buttons=3,
        caption=0,
        media=frozenset({"image", "video", "audio", "document"}),
        typing=True,
        read_marks=True,
        receipts=True,
        correlation=True,
        window_hours=24,
        messages_per_second=40.0,
    )

    @property
    @override
    def account(self) -> str:
        return self.settings.page_id

    @property
    @override
    def messages_per_second(self) -> float:
        return self.settings.messages_per_second

    @override
    def handshake(self, request: kit.WebhookRequest) -> kit.WebhookReply | None:
        return hub.answer_challenge(request, self.settings.verify_token.get_secret_value())

    @override
    def verify(self, request: kit.WebhookRequest) -> None:
        hub.check_signature(request, self.settings.app_secret.get_secret_value())

    @override
    def sign(self, request: kit.WebhookRequest) -> kit.WebhookRequest:
        return hub.signed(request, self.settings.app_secret.get_secret_value())

    @override
    def parse(self, request: kit.WebhookRequest) -> list[kit.Event]:
        return Reading(self.settings.page_id, self.settings.app_id).read(request.body)

    @override
    async def send(self, delivery: kit.Delivery, api: kit.Api) -> str:
        reply = await self._post(delivery.account, writing.body_of(delivery), api)
        if not reply.ok:
            raise refusal(reply)
        try:
            return Accepted.model_validate(reply.json).message_id
        except ValidationError:
            raise kit.PlatformDownError("accepted without an id", maybe_sent=True) from None

    @override
    async def signal(self, signal: kit.Signal, api: kit.Api) -> None:
        await self._post(signal.account, writing.sender_action(signal), api)

    async def _post(self, account: str, body: writing.Body, api: kit.Api) -> kit.ApiReply:
        url = f"{self.settings.api_url}/{quote(account, safe='')}/messages"
        token = self.settings.page_access_token.get_secret_value()
        return await api.post(url, json=body, headers={"Authorization": f"Bearer {token}"})


CHANNEL = MessengerChannel
