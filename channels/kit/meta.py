"""What every platform of Meta has in common: one app secret, one handshake, one Graph API."""

from abc import abstractmethod
from typing import Any, override
from urllib.parse import quote

from pydantic import Field, SecretStr

from channels.kit import hub
from channels.kit.channel import Api, ApiReply, Channel, WebhookReply, WebhookRequest
from channels.kit.settings import Address, ChannelSettings, Secret


class MetaSettings(ChannelSettings):
    """What the operator finds in Meta's app dashboard, whatever the platform."""

    app_secret: Secret = Field(description="App dashboard > App settings > Basic")
    verify_token: Secret = Field(description="Any random text, typed in the webhook set-up too")
    api_url: Address = Field(
        "https://graph.facebook.com/v23.0", description="Base address with the API's version"
    )
    messages_per_second: float


class MetaChannel[S: MetaSettings](Channel[S]):
    """A platform whose webhooks are signed with the app's secret.

    What differs is left to the adapter: what a webhook says, how a message is written, and which
    token opens the API.
    """

    @property
    @override
    def messages_per_second(self) -> float:
        return self.settings.messages_per_second

    @property
    @abstractmethod
    def token(self) -> SecretStr:
        """What opens the Graph API for the account."""

    @override
    def handshake(self, request: WebhookRequest) -> WebhookReply | None:
        return hub.answer_challenge(request, self.settings.verify_token.get_secret_value())

    @override
    def verify(self, request: WebhookRequest) -> None:
        hub.check_signature(request, self.settings.app_secret.get_secret_value())

    @override
    def sign(self, request: WebhookRequest) -> WebhookRequest:
        return hub.signed(request, self.settings.app_secret.get_secret_value())

    async def post(self, account: str, body: dict[str, Any], api: Api) -> ApiReply:
        """Post to the messages of an account: the one that the customer wrote to."""
        url = f"{self.settings.api_url}/{quote(account, safe='')}/messages"
        headers = {"Authorization": f"Bearer {self.token.get_secret_value()}"}
        return await api.post(url, json=body, headers=headers)
