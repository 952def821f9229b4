"""The tools that prove adapters must themselves notice what is wrong."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

import channels
from channels import kit, registry
from channels.testing import (
    CHECKS,
    Habits,
    HttpxApi,
    Listener,
    adapter,
    cases,
    new_channel,
    post_fixture,
    replay_inbound,
    replay_outbound,
    serve,
)
from channels.testing.limits import excess
from channels.testing.talk import TalkError, customer_of
from channels.whatsapp.simulator import WhatsAppSimulator


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second place where folders of channels are found."""
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(tmp_path)])
    return tmp_path


async def test_a_new_folder_passes_all_shared_checks(place: Path) -> None:
    folder = new_channel("carrier", "Carrier", place=place)
    assert "carrier" in registry.names()
    check_all("carrier")
    for path in cases("inbound", "carrier"):
        replay_inbound(path)
    for path in cases("outbound", "carrier"):
        await replay_outbound(path)
    assert (folder / "test_carrier.py").read_text().count("def test_") == 2
    assert list(folder.rglob("*.txt")) == []


@pytest.mark.parametrize("name", ["Carrier", "two words", "1st", "whatsapp", "élan"])
def test_a_name_that_will_not_do_is_refused(name: str, place: Path) -> None:
    with pytest.raises(ValueError, match=name):
        new_channel(name, "Title", place=place)


def test_a_channel_without_a_stand_in_cannot_be_talked_to(place: Path) -> None:
    new_channel("mute", "Mute", place=place)
    with pytest.raises(TalkError, match=r"Mute has no simulator\.py"):
        customer_of(adapter("mute"), "http://127.0.0.1:1", who=None, name="Giulia")


def check_all(name: str) -> None:
    for check in CHECKS:
        check(name)


def spoil(place: Path, name: str, file: str, change: dict[str, Any]) -> Path:
    path = new_channel(name, name, place=place) / "fixtures" / file
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    return path


def test_a_wrong_event_in_a_fixture_is_noticed(place: Path) -> None:
    path = spoil(place, "wronga", "inbound/text.json", {"events": []})
    with pytest.raises(AssertionError, match="events differ"):
        replay_inbound(path)


def test_an_expected_error_that_does_not_come_is_noticed(place: Path) -> None:
    path = spoil(place, "wrongb", "inbound/text.json", {"events": [], "error": "PayloadError"})
    with pytest.raises(AssertionError, match="PayloadError was expected"):
        replay_inbound(path)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"sent": "m2"}, "the id is 'm1'"),
        ({"sent": None, "error": "RecipientGoneError"}, "RecipientGoneError was expected"),
        ({"exchange": []}, "does not expect"),
        ({"message": {"kind": "text", "text": "else"}}, "body of the call differ"),
        ({"to": {"user_id": "u2"}}, "body of the call differ"),
    ],
)
async def test_a_wrong_outbound_fixture_is_noticed(
    place: Path, change: dict[str, Any], complaint: str
) -> None:
    path = spoil(place, f"out{abs(hash(complaint + str(change)))}", "outbound/text.json", change)
    with pytest.raises(AssertionError, match=complaint):
        await replay_outbound(path)


async def test_a_call_that_is_not_made_is_noticed(place: Path) -> None:
    path = spoil(place, "fewer", "outbound/text.json", {})
    case = json.loads(path.read_text())
    path.write_text(json.dumps(case | {"exchange": case["exchange"] * 2}))
    with pytest.raises(AssertionError, match="1 expected calls were not made"):
        await replay_outbound(path)


@pytest.mark.parametrize(
    ("gone", "complaint"),
    [
        ("inbound/text.json", "text or choice is missing"),
        ("inbound/other.json", "left out"),
        ("outbound/text.json", "plain text"),
        ("outbound/blocked.json", "RecipientGoneError"),
        ("outbound/too_fast.json", "RateLimitedError"),
        ("../README.md", r"README\.md is missing"),
    ],
)
def test_a_missing_fixture_is_noticed(place: Path, gone: str, complaint: str) -> None:
    name = f"gone{abs(hash(gone))}"
    folder = new_channel(name, "Gone", place=place)
    (folder / "fixtures" / gone).unlink()
    with pytest.raises((AssertionError, FileNotFoundError), match=complaint):
        check_all(name)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("if not compare_digest", "if False and compare_digest", "was let in unsigned"),
        ('raise kit.PayloadError("not an update of Bad") from None', "return []", "was read"),
        ("update.text is not None", "update.text.strip()", "AttributeError"),
        ("batches = False", "batches = True", r"batch\.json is missing"),
        ("max_text=1000", "max_text=3", "a text of 5"),
        ("kit.Secret = Field(description", "str = Field(description", "needs a secret"),
        ('name = "NAME"', 'name = "other"', "calls itself 'other'"),
    ],
)
def test_an_adapter_that_breaks_a_rule_is_noticed(
    place: Path, before: str, after: str, complaint: str
) -> None:
    name = f"bad{abs(hash(before))}"
    path = new_channel(name, "Bad", place=place) / "channel.py"
    source = path.read_text()
    changed = source.replace(before.replace("NAME", name), after)
    if "needs a secret" in complaint:
        changed = changed.replace(".get_secret_value()", "")
    assert changed != source
    path.write_text(changed)
    with pytest.raises(AssertionError, match=complaint):
        check_all(name)


async def test_a_fixture_is_posted_signed_at_a_running_gateway() -> None:
    channel = adapter("whatsapp")
    listener = Listener(channel)
    text = next(path for path in cases("inbound", "whatsapp") if path.stem == "text")
    async with serve(listener) as address:
        assert (await post_fixture(channel, text, address)).status_code == 200
        other = registry.build(
            "whatsapp", {**channel.settings.model_dump(), "app_secret": "another"}
        )
        assert (await post_fixture(other, text, address)).status_code == 401
    assert [event.kind for event in listener.events] == ["text"]


async def test_the_server_also_listens_on_ipv6() -> None:
    async with serve(Listener(adapter("whatsapp")), host="::1") as address:
        assert address.startswith("http://[::1]:")
        async with httpx.AsyncClient() as client:
            assert (await client.post(address)).status_code == 401


async def test_nobody_at_the_other_end_is_told_apart_from_a_lost_answer(
    unused_tcp_port: int,
) -> None:
    nowhere = f"http://127.0.0.1:{unused_tcp_port}/"
    async with httpx.AsyncClient() as client:
        with pytest.raises(kit.PlatformDownError) as error:
            await HttpxApi(client).post(nowhere, json={})
        assert not error.value.maybe_sent
        async with serve(Listener(adapter("whatsapp"))) as address:
            reply = await HttpxApi(client).post(address, json={})
        assert (reply.status, reply.json, reply.ok) == (401, None, False)
        simulator = WhatsAppSimulator(
            adapter("whatsapp"), nowhere, habits=Habits(patience=0), client=client
        )
        async with simulator:
            with pytest.raises(TimeoutError):
                await simulator.customer("393331234567").say("Ciao")


CAN = kit.Capabilities(
    max_text=10,
    buttons=2,
    buttons_text=5,
    list_rows=3,
    list_title=4,
    quick_replies=4,
    choice_id=64,
    cards=1,
    card_buttons=1,
    media=frozenset({"image"}),
    caption=3,
)


def texts(text: str, count: int = 0, **more: Any) -> kit.Text:
    title, choice_id = more.pop("title", "t"), more.pop("id", "i")
    choices = tuple(kit.Choice(id=f"{choice_id}{n}", title=title) for n in range(count))
    return kit.Text(text=text, choices=choices, **more)


@pytest.mark.parametrize(
    ("message", "too_much"),
    [
        (texts("x" * 11), "a text of 11"),
        (texts("x", 3, layout="buttons"), "3 choices as buttons"),
        (texts("x" * 6, 1, layout="buttons"), "a text of 6"),
        (texts("x", 1, layout="list", title="x" * 5), "a label"),
        (texts("x", 5, layout="quick_replies"), "5 choices as quick_replies"),
        (texts("x", 1, layout="buttons", id="x" * 64), "the id of a choice"),
        (kit.Cards(cards=(kit.Card(id="a", title="a"),) * 2), "2 cards"),
        (
            kit.Cards(cards=(kit.Card(id="a", title="a", choices=texts("", 2).choices),)),
            "card buttons",
        ),
        (kit.Media(media="video", url="https://x"), "video with 0 characters"),
        (kit.Media(media="image", url="https://x", caption="x" * 4), "image with 4 characters"),
        (kit.Template(name="x", language="it"), "a template"),
        (kit.Location(latitude=0, longitude=0), "a location"),
        (texts("x" * 10), ""),
        (texts("x", 2, layout="buttons"), ""),
        (kit.Media(media="image", url="https://x", caption="xxx"), ""),
    ],
)
def test_what_is_too_much_for_a_channel_is_named(message: kit.Outbound, too_much: str) -> None:
    assert excess(message, CAN) == too_much


def test_bytes_count_where_a_platform_counts_bytes() -> None:
    can = kit.Capabilities(max_text=4, text_unit="bytes")
    assert excess(kit.Text(text="èè"), can) == ""
    assert excess(kit.Text(text="èèe"), can) == "a text of 5"
