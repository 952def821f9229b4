"""What the fixtures cannot say: handshake, signature, the table of codes, echoes without app id."""

import pytest

from channels import kit
from channels.messenger.refusals import refusal
from channels.testing import adapter, request

PSID = "7000000000000001"


@pytest.fixture
def channel() -> kit.Channel:
    return adapter("messenger")


@pytest.fixture
def without_app_id() -> kit.Channel:
    return adapter("messenger", app_id=None)


def event(**part: object) -> dict[str, object]:
    frame = {"sender": {"id": "200000000000002"}, "recipient": {"id": PSID}, "timestamp": 1}
    return {"object": "page", "entry": [{"id": "200000000000002", "messaging": [frame | part]}]}


def test_the_handshake_answers_with_the_challenge(channel: kit.Channel) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "42", "hub.verify_token": "fb-verify-token"}
    assert channel.handshake(request(b"", query=query, method="GET")) == kit.WebhookReply("42")


def test_the_signature_lets_a_call_in_and_its_lack_keeps_it_out(channel: kit.Channel) -> None:
    channel.verify(channel.sign(request({})))
    for headers in ({}, {"x-hub-signature-256": ""}, {"x-hub-signature": "sha1=1"}):
        with pytest.raises(kit.SignatureError):
            channel.verify(request({}, headers))


@pytest.mark.parametrize(
    ("message", "by"),
    [
        ({"app_id": 1, "metadata": "dialogo:key-1"}, "us"),
        ({"app_id": 1, "metadata": "key-1"}, "other_app"),
        ({"app_id": 263902037430900}, "human"),
        ({}, "human"),
    ],
)
def test_without_our_app_id_our_mark_tells_our_echoes(
    without_app_id: kit.Channel, message: dict[str, object], by: str
) -> None:
    echo = {"mid": "m.1", "is_echo": True, "text": "x", **message}
    [read] = without_app_id.parse(request(event(message=echo)))
    assert isinstance(read, kit.Echoed)
    assert read.by == by
    assert read.recipient.ids == {"psid": PSID}


@pytest.mark.parametrize(
    ("owner", "to_us"), [("555", True), (263902037430900, False), (None, False)]
)
def test_without_our_app_id_a_passed_thread_is_ours_unless_the_inbox_gets_it(
    without_app_id: kit.Channel, owner: object, *, to_us: bool
) -> None:
    part = {"new_owner_app_id": owner}
    [control] = without_app_id.parse(request(event(pass_thread_control=part)))
    assert isinstance(control, kit.ControlChanged)
    assert control.to_us is to_us


# The table of reference 2.5, whole.
CODES: list[tuple[int, int | None, type[kit.SendError]]] = [
    (1200, None, kit.PlatformDownError),
    (2, None, kit.PlatformDownError),
    (4, None, kit.RateLimitedError),
    (4, 2018022, kit.RateLimitedError),
    (613, None, kit.RateLimitedError),
    (80006, None, kit.RateLimitedError),
    (551, None, kit.RecipientGoneError),
    (551, 1545041, kit.RecipientGoneError),
    (10, 1545041, kit.RecipientGoneError),
    (200, 1545041, kit.RecipientGoneError),
    (100, 2018001, kit.RecipientGoneError),
    (10, 2018278, kit.WindowClosedError),
    (10, 2018065, kit.WindowClosedError),
    (10, 2534022, kit.WindowClosedError),
    (200, 2018028, kit.MessageRefusedError),
    (100, 2018109, kit.MessageRefusedError),
    (100, None, kit.MessageRefusedError),
    (190, None, kit.MisconfiguredError),
    (190, 460, kit.MisconfiguredError),
    (200, None, kit.MisconfiguredError),
    (230, None, kit.MisconfiguredError),
    (10, None, kit.MisconfiguredError),
    (10, 1893063, kit.MisconfiguredError),
    (368, None, kit.MisconfiguredError),
]


@pytest.mark.parametrize(("code", "subcode", "kind"), CODES)
def test_the_subcode_decides_before_the_code(
    code: int, subcode: int | None, kind: type[kit.SendError]
) -> None:
    body = {"error": {"code": code, "error_subcode": subcode, "message": "no"}}
    error = refusal(kit.ApiReply(400, body))
    assert type(error) is kind
    assert error.code.startswith(str(code))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, kit.MessageRefusedError),
        (401, kit.MisconfiguredError),
        (403, kit.MisconfiguredError),
        (503, kit.PlatformDownError),
    ],
)
def test_an_unknown_code_goes_by_its_status(status: int, kind: type[kit.SendError]) -> None:
    assert type(refusal(kit.ApiReply(status, {"error": {"code": 987654}}))) is kind


def test_the_operator_can_set_the_pace(channel: kit.Channel) -> None:
    assert channel.messages_per_second == 40
