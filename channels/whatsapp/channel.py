"""WhatsApp, through Meta's Cloud API.

https://developers.facebook.com/documentation/business-messaging/whatsapp
"""

from typing import override
from urllib.parse import quote

from pydantic import Field, ValidationError

from channels import kit
from channels.kit import hub
from channels.whatsapp import reading, writing
from channels.whatsapp.refusals import refusal


class Settings(kit.ChannelSettings):
    """What the operator fills in."""

    app_secret: kit.Secret = Field(description="App dashboard > App settings > Basic")
    verify_token: kit.Secret = Field(description="Any random text, typed in the webhook set-up too")
    access_token: kit.Secret = Field(description="A system user's token that does not expire")
    phone_number_id: str = Field(
        min_length=1, description="WhatsApp > API setup; not the phone number itself"
    )
    api_url: kit.Address = Field(
        "https://graph.facebook.com/v23.0", description="Base address with the API's version"
    )
    messages_per_second: float = Field(
        80.0, gt=0, le=1000, description="The number's throughput; Meta raises it to 1000 by use"
    )


class Accepted(kit.Payload):
    """The id under which WhatsApp will report on the message."""

    id: str = Field(min_length=1)


class Answer(kit.Payload):
    """The answer to a send call."""

    messages: list[Accepted] = Field(min_length=1)


class WhatsAppChannel(kit.Channel[Settings]):
    """Chats between a customer and one business number."""

    name = "whatsapp"
    title = "WhatsApp"
    Settings = Settings
    capabilities = kit.Capabilities(
        max_text=4096,
        buttons=3,
        button_label=20,
        buttons_text=1024,
        list_rows=10,
        list_title=24,
        list_description=72,
        list_text=4096,
        list_button=20,
        choice_id=200,
        cards=1,
        card_title=100,
        card_subtitle=800,
        card_buttons=3,
        caption=1024,
        media=frozenset({"image", "video", "audio", "document"}),
        location=True,
        typing=True,
        read_marks=True,
        templates=True,
        receipts=True,
        correlation=True,
        window_hours=24,
        messages_per_second=80.0,
    )

    @property
    @override
    def account(self) -> str:
        return self.settings.phone_number_id

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
        return reading.read(request.body, self.account)

    @override
    async def send(self, delivery: kit.Delivery, api: kit.Api) -> str:
        reply = await self._post(delivery.account, writing.body_of(delivery), api)
        if not reply.ok:
            raise refusal(reply)
        try:
            return Answer.model_validate(reply.json).messages[0].id
        except ValidationError:
            raise kit.PlatformDownError("accepted without an id", maybe_sent=True) from None

    @override
    async def signal(self, signal: kit.Signal, api: kit.Api) -> None:
        if signal.message_id:  # both are said about one of the customer's messages
            typing = signal.signal == "typing"
            body = writing.read_mark(signal.message_id, typing=typing)
            await self._post(signal.account, body, api)

    async def _post(self, account: str, body: writing.Body, api: kit.Api) -> kit.ApiReply:
        """Post from the number that the customer wrote to: a token serves all of a business."""
        url = f"{self.settings.api_url}/{quote(account, safe='')}/messages"
        token = self.settings.access_token.get_secret_value()
        return await api.post(url, json=body, headers={"Authorization": f"Bearer {token}"})


CHANNEL = WhatsAppChannel
