"""What every adapter must do: plain functions of a channel's name that raise AssertionError.

`tests/channels/test_every_channel.py` runs them over all channels without naming any; a package
with a channel of its own can do the same.
"""

import copy
import json
import operator
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from channels import registry
from channels.kit import (
    MessageRefusedError,
    PayloadError,
    RateLimitedError,
    RecipientGoneError,
    SendError,
    SignatureError,
    Text,
    WebhookError,
    WebhookRequest,
)
from channels.testing.fixtures import (
    OutboundCase,
    adapter,
    cases,
    read_inbound,
    read_outbound,
    request,
    secrets_of,
)
from channels.testing.limits import excess

# What no platform sends.
GARBAGE = (b"\xff not json", b"", b"[]", b"null", b"3", b'"text"', b"{", b"[" * 100_000)

# Put in the place of every value of a real call, one after the other.
_JUNK: tuple[Any, ...] = (None, "", "junk", -1, 1e300, True, [], {}, [[]], {"id": {}})


def folder_is_complete(name: str) -> None:
    """An adapter's folder has a README and fixtures, and the class bears the folder's name."""
    folder = registry.folder(name)
    for part in ("README.md", "fixtures/settings.json", "fixtures/inbound", "fixtures/outbound"):
        assert (folder / part).exists(), f"channels/{name}/{part} is missing"
    kind = registry.load(name)
    assert kind.name == name, f"the class calls itself {kind.name!r}"
    assert kind.title, "a title is missing"
    assert adapter(name).account, "an account is missing"


def settings_are_explained(name: str) -> None:
    """Every setting has a description, and the README names its variable."""
    readme = (registry.folder(name) / "README.md").read_text()
    for setting in registry.describe(name):
        assert setting.description, f"{setting.variable} has no description"
        assert setting.variable in readme, f"the README does not name {setting.variable}"


def unsigned_calls_are_refused(name: str) -> None:
    """Without proof that the platform made it, no call is let in."""
    for path in cases("inbound", name):
        case, _ = read_inbound(path)
        try:
            adapter(name).verify(request(case.body, case.headers, query=case.query))
        except SignatureError:
            continue
        raise AssertionError(f"{path.name} was let in unsigned")


def garbage_is_a_payload_error(name: str) -> None:
    """A body that is nothing the platform sends is refused, not crashed upon."""
    for body in GARBAGE:
        try:
            adapter(name).parse(WebhookRequest("POST", {}, {}, body))
        except PayloadError:
            continue
        raise AssertionError(f"{body[:20]!r} was read")


def inbound_minimum(name: str) -> None:
    """There are fixtures of a text, of a tapped choice and of something left out or refused."""
    read = [read_inbound(path)[0] for path in cases("inbound", name)]
    kinds = {event["kind"] for case in read for event in case.events}
    assert {"text", "choice"} <= kinds, f"text or choice is missing among {sorted(kinds)}"
    left_out = any(case.error or not case.events for case in read)
    assert left_out or "ignored" in kinds, "a fixture of something left out is missing"


def batches_keep_order_and_good_items(name: str) -> None:
    """`batch.json` shows several events in order, `broken_item.json` a bad one among good ones."""
    if not registry.load(name).batches:
        return
    found = {path.stem: read_inbound(path)[0] for path in cases("inbound", name)}
    assert "batch" in found, "inbound/batch.json is missing"
    assert len(found["batch"].events) >= 3, "inbound/batch.json needs three events or more"
    assert "broken_item" in found, "inbound/broken_item.json is missing"
    kinds = [event["kind"] for event in found["broken_item"].events]
    assert "ignored" in kinds, "the broken item of broken_item.json is not counted"
    assert set(kinds) - {"ignored"}, "the good items of broken_item.json are lost"


def outbound_minimum(name: str) -> None:
    """There are fixtures of a plain text and of refusals; over HTTP also blocked and too fast."""
    read = [read_outbound(path) for path in cases("outbound", name)]
    assert any(_plain(case) for case in read), "a fixture of a plain text is missing"
    wanted: list[type[SendError]] = [MessageRefusedError]
    if any(step.call.url for case in read for step in case.exchange):
        wanted += [RecipientGoneError, RateLimitedError]
    errors = {case.error for case in read}
    missing = [kind.__name__ for kind in wanted if kind.__name__ not in errors]
    assert not missing, f"no outbound fixture ends in {', '.join(missing)}"


def strange_payloads_never_crash(name: str) -> None:
    """Whatever stands in whichever place of a call, the worst is a WebhookError."""
    channel = adapter(name)
    seen: set[tuple[Any, ...]] = set()
    for path in cases("inbound", name):
        _, call = read_inbound(path)
        for body in _mutations(call.body, seen):
            try:
                channel.parse(WebhookRequest("POST", call.headers, call.query, body))
            except WebhookError:
                continue
            except Exception as error:
                raise AssertionError(f"{path.name} with {body[:300]!r}: {error!r}") from error


def secrets_are_never_shown(name: str) -> None:
    """Neither the adapter nor a complaint about its settings shows a secret."""
    channel = adapter(name)
    secrets = secrets_of(channel)
    assert secrets, "an adapter needs a secret to tell the platform from others"
    shown = f"{channel!r} {channel.settings!r} {channel.settings}"
    plain = {key: getattr(channel.settings, key) for key in type(channel.settings).model_fields}
    try:
        registry.build(name, {**plain, "no_such_setting": secrets[0]})
    except registry.ChannelSettingsError as error:
        shown += f" {error!r} {error}"
    else:
        raise AssertionError("a setting that does not exist was accepted")
    assert not any(secret in shown for secret in secrets), "a secret is shown"


def capabilities_make_sense(name: str) -> None:
    """What an adapter declares is possible together."""
    channel = adapter(name)
    can = channel.capabilities
    assert can.max_text > 0, "max_text"
    assert channel.messages_per_second > 0, "messages_per_second"
    assert can.window_hours is None or can.window_hours > 0, "window_hours"
    assert can.choice_id >= 64, "choice_id is too short for our own ids"
    assert not can.buttons or (can.button_label > 0 < can.buttons_text), "buttons"
    assert not can.list_rows or (can.list_title > 0 < can.list_button), "list_rows"
    assert not can.quick_replies or can.quick_reply_label > 0, "quick_replies"
    assert not can.cards or (can.card_title > 0 and can.card_subtitle >= 0), "cards"
    assert not can.carousel or can.cards == 1, "a carousel beside cards that stand side by side"
    assert can.media <= {"image", "video", "audio", "document"}, "media"


def outbound_respects_capabilities(name: str) -> None:
    """What the fixtures send successfully is what the adapter declares to be possible."""
    for path in cases("outbound", name):
        case = read_outbound(path)
        if case.message and case.error is None:
            too_much = excess(case.message, adapter(name).capabilities)
            assert not too_much, f"{path.name}: {too_much}"


CHECKS: tuple[Callable[[str], None], ...] = (
    folder_is_complete,
    settings_are_explained,
    unsigned_calls_are_refused,
    garbage_is_a_payload_error,
    inbound_minimum,
    batches_keep_order_and_good_items,
    outbound_minimum,
    strange_payloads_never_crash,
    secrets_are_never_shown,
    capabilities_make_sense,
    outbound_respects_capabilities,
)


def _plain(case: OutboundCase) -> bool:
    message = case.message
    return case.error is None and isinstance(message, Text) and not message.choices


def _mutations(body: bytes, seen: set[tuple[Any, ...]]) -> Iterator[bytes]:
    """Put junk in each place of a body that no earlier one had; then take the place away."""
    try:
        original = json.loads(body)
    except ValueError:
        return
    for path in list(_paths(original)):
        place = tuple("*" if isinstance(key, int) else key for key in path)
        if place in seen:
            continue
        seen.add(place)
        for junk in _JUNK:
            yield _changed(original, path, partial(_put, junk))
        yield _changed(original, path, operator.delitem)


def _changed(original: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> bytes:
    changed = copy.deepcopy(original)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return json.dumps(changed).encode()


def _put(junk: Any, holder: Any, key: Any) -> None:
    holder[key] = junk


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        items: Any = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    else:
        return
    for key, inner in items:
        yield (*before, key)
        yield from _paths(inner, (*before, key))
