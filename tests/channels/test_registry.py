"""Finding channels, switching them on, and saying what is missing."""

from importlib.metadata import EntryPoint

import pytest

from channels import kit, registry
from channels.testing import HttpxApi, adapter

WHATSAPP = {
    "app_secret": "hidden-1",
    "verify_token": "hidden-2",
    "access_token": "hidden-3",
    "phone_number_id": "1",
}


def test_folders_with_a_channel_are_found() -> None:
    found = registry.names()
    assert {"messenger", "webchat", "whatsapp"} <= set(found)
    assert found == sorted(found)
    assert not {"kit", "testing"} & set(found)


@pytest.mark.parametrize("name", ["pigeon", "kit", "testing", "../bot", ""])
def test_an_unknown_channel_is_named_with_the_known_ones(name: str) -> None:
    with pytest.raises(registry.UnknownChannelError, match="whatsapp"):
        registry.load(name)


def test_a_missing_setting_is_named_by_its_variable_without_showing_the_others() -> None:
    given = {**WHATSAPP}
    del given["access_token"]
    with pytest.raises(registry.ChannelSettingsError) as error:
        registry.build("whatsapp", {**given, "phone_number": "2"})
    assert "DIALOGO_CHANNELS__WHATSAPP__ACCESS_TOKEN is missing" in str(error.value)
    assert "PHONE_NUMBER is not a setting of WhatsApp. Known: " in str(error.value)
    assert "hidden" not in str(error.value)


def test_an_empty_secret_is_refused_because_everybody_could_sign() -> None:
    with pytest.raises(registry.ChannelSettingsError, match="APP_SECRET is wrong"):
        registry.build("whatsapp", {**WHATSAPP, "app_secret": "  "})


def test_numbers_from_the_environment_become_text_and_addresses_lose_their_slash() -> None:
    given = {**WHATSAPP, "phone_number_id": 105, "api_url": "http://127.0.0.1:1/v23.0/"}
    channel = registry.build("whatsapp", given)
    assert channel.account == "105"
    assert channel.settings.api_url == "http://127.0.0.1:1/v23.0"


def test_settings_are_described_with_their_variables_and_defaults() -> None:
    found = {setting.variable: setting for setting in registry.describe("whatsapp")}
    secret = found["DIALOGO_CHANNELS__WHATSAPP__APP_SECRET"]
    assert (secret.required, secret.default) == (True, "")
    assert found["DIALOGO_CHANNELS__WHATSAPP__API_URL"].default.startswith("https://graph.")
    assert registry.describe("webchat")[2].default == ""


def test_an_installed_package_brings_its_own_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("pigeon", "channels.whatsapp.channel:CHANNEL", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **wanted: [point])
    assert "pigeon" in registry.names()
    assert registry.load("pigeon") is type(adapter("whatsapp"))
    assert registry.folder("pigeon").name == "whatsapp"


def test_what_is_no_channel_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("pigeon", "channels.kit:Card", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **wanted: [point])
    with pytest.raises(registry.UnknownChannelError, match=r"no|not a channels\.kit\.Channel"):
        registry.load("pigeon")


class Plain(type(adapter("webchat"))):  # type: ignore[misc]
    """A channel with nothing beyond what the contract demands."""

    handshake = kit.Channel.handshake
    signal = kit.Channel.signal


async def test_handshakes_and_signals_are_optional() -> None:
    plain = Plain(adapter("webchat").settings)
    assert plain.handshake(kit.WebhookRequest("GET", {}, {}, b"")) is None
    wish = kit.Signal(account="web", to={"session": "s"}, signal="typing")
    assert await plain.signal(wish, HttpxApi(client=None)) is None
