"""What `make run` needs to be talked to without an account at any platform.

Without settings of their own, WhatsApp and Messenger are switched on with generated secrets and
an API address on this machine, where `dialogo chat` puts a stand-in of the platform. A channel
with settings is never touched.
"""

from typing import Any

from bot.credentials import Secrets
from bot.settings import Settings

PHONE_NUMBER_ID = "100000000000001"
PAGE_ID = "200000000000002"
APP_ID = "300000000000003"
# The stand-in listens beside the gateway: one port higher for WhatsApp, two for Messenger.
_OFFSETS = {"whatsapp": 1, "messenger": 2}


def stand_in_port(settings: Settings, channel: str) -> int:
    """Return the loopback port where the stand-in of a platform's API is expected."""
    return settings.port + _OFFSETS[channel]


def demo_channels(settings: Settings, secrets: Secrets) -> dict[str, dict[str, Any]]:
    """Return settings for the demo's channels, and for the web chat, which needs no account."""
    key = secrets.demo_key.get_secret_value()
    channels: dict[str, dict[str, Any]] = {
        "webchat": {"secret": secrets.signing_key.get_secret_value()}
    }
    if not settings.demo:
        return channels
    api = "http://127.0.0.1:{}/v23.0"
    channels["whatsapp"] = {
        "app_secret": key,
        "verify_token": key,
        "access_token": key,
        "phone_number_id": PHONE_NUMBER_ID,
        "api_url": api.format(stand_in_port(settings, "whatsapp")),
    }
    channels["messenger"] = {
        "app_secret": key,
        "verify_token": key,
        "page_access_token": key,
        "page_id": PAGE_ID,
        "app_id": APP_ID,
        "api_url": api.format(stand_in_port(settings, "messenger")),
    }
    return channels
