"""What the fixtures cannot say: the handshake, the signature, the table of codes, the address."""

import hashlib
import hmac
from dataclasses import replace
from decimal import Decimal

import pytest

from channels import kit
from channels.testing import HttpxApi, adapter, cases, read_inbound, request
from channels.whatsapp.refusals import refusal


@pytest.fixture
def channel() -> kit.Channel:
    return adapter("whatsapp")


def challenge(**query: str) -> kit.WebhookRequest:
    return request(b"", query={f"hub.{key}": value for key, value in query.items()}, method="GET")


def test_the_handshake_answers_with_the_challenge(channel: kit.Channel) -> None:
    call = challenge(mode="subscribe", challenge="1158201444", verify_token="wa-verify-token")
    assert channel.handshake(call) == kit.WebhookReply("1158201444", 200)


@pytest.mark.parametrize(
    "query",
    [
        {"mode": "subscribe", "challenge": "1", "verify_token": "guess"},
        {"mode": "subscribe", "challenge": "1", "verify_token": "gäss"},
        {"mode": "unsubscribe", "challenge": "1", "verify_token": "wa-verify-token"},
        {"mode": "subscribe", "challenge": "1"},
        {},
    ],
)
def test_a_handshake_that_does_not_know_the_token_is_refused(
    channel: kit.Channel, query: dict[str, str]
) -> None:
    reply = channel.handshake(challenge(**query))
    assert reply is not None
    assert reply.status == 403
    assert reply.body != "1"


def test_a_post_is_no_handshake(channel: kit.Channel) -> None:
    assert channel.handshake(request({})) is None


def test_the_signature_is_over_the_bytes_as_they_came(channel: kit.Channel) -> None:
    escaped = channel.sign(request(b'{"text": "\\u00e4"}'))
    channel.verify(escaped)
    with pytest.raises(kit.SignatureError):
        channel.verify(replace(escaped, body='{"text": "ä"}'.encode()))


def test_the_older_sha1_signature_alone_is_refused(channel: kit.Channel) -> None:
    body = b"{}"
    digest = hmac.new(b"wa-app-secret", body, hashlib.sha1).hexdigest()
    old = {"x-hub-signature": f"sha1={digest}", "x-hub-signature-256": f"sha1={digest}"}
    for headers in (old, {"x-hub-signature": old["x-hub-signature"]}):
        with pytest.raises(kit.SignatureError):
            channel.verify(request(body, headers))


def test_the_prefix_of_the_signature_is_needed(channel: kit.Channel) -> None:
    signature = channel.sign(request(b"{}")).headers["x-hub-signature-256"]
    with pytest.raises(kit.SignatureError):
        channel.verify(request(b"{}", {"x-hub-signature-256": signature.removeprefix("sha256=")}))


def test_the_price_of_an_order_is_exact_and_the_raw_item_is_kept(channel: kit.Channel) -> None:
    path = next(path for path in cases("inbound", "whatsapp") if path.stem == "order")
    _, call = read_inbound(path)
    [order] = channel.parse(call)
    assert isinstance(order, kit.OrderPlaced)
    assert order.items[0].price == Decimal("139.90")
    assert order.raw["order"]["product_items"][0]["item_price"] == Decimal("139.90")


# The table of reference 1.7, whole.
CODES: dict[type[kit.SendError], list[int]] = {
    kit.RateLimitedError: [4, 80007, 130429, 131056],
    kit.PlatformDownError: [1, 2, 131016, 133004, 131000, 131057, 131053],
    kit.MisconfiguredError: [
        0, 3, 10, 190, 200, 250, 299, 368, 131005, 131031, 131042, 131045, 131048, 133010, 130497,
    ],
    kit.RecipientGoneError: [131026],
    kit.WindowClosedError: [131047],
    kit.MessageRefusedError: [
        33, 100, 130472, 131008, 131009, 131021, 131049, 131050, 131051, 131052, 131062, 132000,
        132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 135000, 777777,
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code"), [(kind, code) for kind, codes in CODES.items() for code in codes]
)
@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_code_decides_whatever_the_http_status(
    kind: type[kit.SendError], code: int, status: int
) -> None:
    error = refusal(kit.ApiReply(status, {"error": {"code": code, "message": "no"}}))
    assert type(error) is kind
    assert error.code == str(code)
    assert error.reason == "no"


def test_only_the_pair_limit_is_about_one_recipient() -> None:
    scopes = {}
    for code in CODES[kit.RateLimitedError]:
        error = refusal(kit.ApiReply(400, {"error": {"code": code}}))
        assert isinstance(error, kit.RateLimitedError)
        scopes[code] = error.scope
    assert [code for code, scope in scopes.items() if scope == "recipient"] == [131056]


async def test_a_reply_goes_out_from_the_number_the_customer_wrote_to(
    channel: kit.Channel,
) -> None:
    class Api(HttpxApi):
        async def post(self, url, *, json, headers=None):
            self.url = url
            return kit.ApiReply(200, {"messages": [{"id": "wamid.1"}]})

    api = Api(client=None)
    delivery = kit.Delivery(
        account="105550009999888/..",
        to={"wa_id": "393331234567"},
        message=kit.Text(text="x"),
        correlation="k",
    )
    assert await channel.send(delivery, api) == "wamid.1"
    assert api.url == "https://graph.example/v23.0/105550009999888%2F../messages"


def test_the_operator_can_raise_the_throughput() -> None:
    assert adapter("whatsapp").messages_per_second == 80
    assert adapter("whatsapp", messages_per_second=1000).messages_per_second == 1000
