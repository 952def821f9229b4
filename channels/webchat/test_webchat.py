"""Sessions, origins, and a visitor over a small gateway."""

import json
import time

import pytest
from itsdangerous import URLSafeTimedSerializer

from channels import kit
from channels.testing import HttpxApi, adapter, request
from channels.webchat import sessions


@pytest.fixture
def channel() -> kit.Channel:
    return adapter("webchat")


def opened(channel: kit.Channel, headers: dict[str, str] | None = None) -> dict[str, str]:
    reply = channel.open_session(request(b"", headers))
    assert reply is not None
    assert reply.content_type == "application/json"
    return json.loads(reply.body)


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}", **more}


def test_every_new_visitor_gets_a_session_of_their_own(channel: kit.Channel) -> None:
    first, second = opened(channel), opened(channel)
    assert first["session"] != second["session"]
    assert len(first["session"]) >= 24
    assert first["site"] == "web"


def test_a_shown_token_is_renewed_for_the_same_session(channel: kit.Channel) -> None:
    first = opened(channel)
    assert opened(channel, bearer(first["token"]))["session"] == first["session"]
    assert opened(channel, bearer("broken"))["session"] != first["session"]


def test_a_session_may_post_and_listen(channel: kit.Channel) -> None:
    given = opened(channel)
    call = request({"id": "c1", "text": "Ciao"}, bearer(given["token"]))
    channel.verify(call)
    [event] = channel.parse(call)
    assert isinstance(event, kit.TextSaid)
    assert event.sender.ids == {"session": given["session"]}
    assert channel.listener(call) == given["session"]


def test_an_event_source_shows_its_token_in_the_address(channel: kit.Channel) -> None:
    given = opened(channel)
    query = {"token": given["token"]}
    assert channel.listener(request(b"", query=query, method="GET")) == given["session"]
    with pytest.raises(kit.SignatureError):
        channel.verify(request({"id": "c1", "text": "x"}, query=query))


def test_tokens_of_others_are_refused(channel: kit.Channel) -> None:
    settings = channel.settings
    guessed = URLSafeTimedSerializer("guess", salt="dialogo.webchat.session")
    other_use = URLSafeTimedSerializer("web-chat-secret", salt="login")
    signer = URLSafeTimedSerializer("web-chat-secret", salt="dialogo.webchat.session")
    other_site = sessions.issue(settings.model_copy(update={"site": "other"}), "s")
    tokens = [
        "",
        "x.y.z",
        guessed.dumps({"session": "s", "site": "web"}),
        other_use.dumps({"session": "s", "site": "web"}),
        signer.dumps({"site": "web"}),
        signer.dumps("text"),
        other_site,
    ]
    for token in tokens:
        with pytest.raises(kit.SignatureError):
            channel.verify(request({}, bearer(token)))


def test_a_token_expires(channel: kit.Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    token = opened(channel)["token"]
    later = time.time() + 31 * 86_400
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    with pytest.raises(kit.SignatureError):
        channel.verify(request({}, bearer(token)))


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"origin": "https://www.shop.example", "host": "chat.example"}, True),
        ({"origin": "https://chat.example", "host": "chat.example"}, True),
        ({"origin": "https://evil.example", "host": "chat.example"}, False),
        ({"origin": "null", "host": "chat.example"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_only_our_own_pages_may_use_the_chat(
    channel: kit.Channel, headers: dict[str, str], *, allowed: bool
) -> None:
    token = sessions.issue(channel.settings, "s")
    call = request({"id": "c1", "text": "x"}, bearer(token, **headers))
    for use in (channel.verify, channel.open_session, channel.listener):
        if allowed:
            use(call)
            continue
        with pytest.raises(kit.SignatureError):
            use(call)


def test_origins_are_read_from_one_line_and_checked(channel: kit.Channel) -> None:
    assert channel.origins == ("https://www.shop.example", "https://shop.example")
    assert adapter("webchat", allowed_origins=()).origins == ()
    many = ["https://a.example"]
    assert adapter("webchat", allowed_origins=many).origins == ("https://a.example",)
    for wrong in ("shop.example", "https://shop.example/page", "ftp://shop.example"):
        with pytest.raises(kit.ChannelError, match="ALLOWED_ORIGINS is wrong"):
            adapter("webchat", allowed_origins=wrong)


def test_two_visitors_may_use_the_same_message_id(channel: kit.Channel) -> None:
    ids = set()
    for session in ("one", "two"):
        token = sessions.issue(channel.settings, session)
        [event] = channel.parse(request({"id": "c1", "text": "x"}, bearer(token)))
        ids.add(event.event_id)
    assert len(ids) == 2


def test_other_channels_have_no_sessions_and_no_stream() -> None:
    other = adapter("whatsapp")
    assert other.open_session(request({})) is None
    assert other.origins == ()
    with pytest.raises(kit.SignatureError):
        other.listener(request({}))


async def test_a_person_who_answers_or_is_waited_for_is_told(channel: kit.Channel) -> None:
    api = HttpxApi(client=None)
    for agent, waiting in ((None, False), (None, True), ("Anna", False)):
        delivery = kit.Delivery(
            account="web",
            to={"session": "s"},
            message=kit.Text(text="Ciao"),
            correlation=f"key-{agent}-{waiting}",
            agent=agent,
            waiting=waiting,
        )
        await channel.send(delivery, api)
    by_bot, called, by_anna = (payload for _, payload in api.pushed.values())
    assert not {"agent", "waiting"} & by_bot.keys()
    assert called["waiting"] is True
    assert by_anna["agent"] == "Anna"
    assert "waiting" not in by_anna
