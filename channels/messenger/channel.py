"""Facebook Messenger, through Meta's Send API.

https://developers.facebook.com/documentation/business-messaging/messenger-platform
"""

from typing import override

from pydantic import Field, SecretStr, ValidationError

from channels import kit
from channels.kit.meta import MetaChannel, MetaSettings
from channels.messenger import writing
from channels.messenger.reading import Reading
from channels.messenger.refusals import refusal


class Settings(MetaSettings):
    """What the operator fills in."""

    page_access_token: kit.Secret = Field(description="Messenger > API setup > Generate token")
    page_id: str = Field(min_length=1, description="The page's number, from its About section")
    app_id: str | None = Field(
        None, description="The app's number: tells our own messages from other apps' ones"
    )
    messages_per_second: float = Field(
        40.0, gt=0, le=300, description="Above 40 Meta blocks the page's inbox for people"
    )


class Accepted(kit.Payload):
    """The answer to a send call."""

    message_id: str = Field(min_length=1)


class MessengerChannel(MetaChannel[Settings]):
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
    def token(self) -> SecretStr:
        return self.settings.page_access_token

    @override
    def parse(self, request: kit.WebhookRequest) -> list[kit.Event]:
        return Reading(self.settings.page_id, self.settings.app_id).read(request.body)

    @override
    async def send(self, delivery: kit.Delivery, api: kit.Api) -> str:
        reply = await self.post(delivery.account, writing.body_of(delivery), api)
        if not reply.ok:
            raise refusal(reply)
        try:
            return Accepted.model_validate(reply.json).message_id
        except ValidationError:
            raise kit.PlatformDownError("accepted without an id", maybe_sent=True) from None

    @override
    async def signal(self, signal: kit.Signal, api: kit.Api) -> None:
        await self.post(signal.account, writing.sender_action(signal), api)


CHANNEL = MessengerChannel
