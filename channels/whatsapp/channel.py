"""WhatsApp, through Meta's Cloud API.

https://developers.facebook.com/documentation/business-messaging/whatsapp
"""

from typing import override

from pydantic import Field, SecretStr, ValidationError

from channels import kit
from channels.kit.meta import MetaChannel, MetaSettings
from channels.whatsapp import reading, writing
from channels.whatsapp.refusals import refusal


class Settings(MetaSettings):
    """What the operator fills in."""

    access_token: kit.Secret = Field(description="A system user's token that does not expire")
    phone_number_id: str = Field(
        min_length=1, description="WhatsApp > API setup; not the phone number itself"
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


class WhatsAppChannel(MetaChannel[Settings]):
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
        words_with_card=1024,
        carousel=kit.Carousel(cards=10, text=1024, card_text=160, card_lines=3, buttons=2),
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
    def token(self) -> SecretStr:
        return self.settings.access_token

    @override
    def parse(self, request: kit.WebhookRequest) -> list[kit.Event]:
        return reading.read(request.body, self.account)

    @override
    async def send(self, delivery: kit.Delivery, api: kit.Api) -> str:
        reply = await self.post(delivery.account, writing.body_of(delivery), api)
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
            await self.post(signal.account, body, api)


CHANNEL = WhatsAppChannel
