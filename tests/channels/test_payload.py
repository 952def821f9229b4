"""Reading JSON from strangers."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import kit


class Sample(kit.Payload):
    id: str
    seconds: kit.Seconds = None
    milliseconds: kit.Milliseconds = None
    items: kit.Items = ()
    note: Annotated[int | None, kit.LENIENT] = None


def test_numbers_keep_the_digits_that_were_sent() -> None:
    assert kit.read_json(b'{"price": 7.90}') == {"price": Decimal("7.90")}
    assert str(kit.read_json(b"[0.1]")[0]) == "0.1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"[Infinity]",
        b"[" * 200_000,
        b"9" * 5000,
        b"\xef\xbb\xbf{}",
    ],
)
def test_what_is_not_json_is_a_payload_error(body: bytes) -> None:
    with pytest.raises(kit.PayloadError):
        kit.read_json(body)


def test_characters_that_no_database_stores_are_replaced() -> None:
    read = kit.read_json(b'{"a\\u0000": ["\\ud83d", "\\uD83D\\uDE00", {"b": "\\udc00x"}, 1]}')
    assert read == {"a\ufffd": ["\ufffd", "😀", {"b": "\ufffdx"}, 1]}


@given(st.text())
def test_every_other_text_comes_through_unchanged(text: str) -> None:
    read = kit.read_json(json.dumps({"t": text}).encode())["t"]
    assert read == text.replace("\x00", "\ufffd")
    read.encode()


def test_ids_sent_as_numbers_are_texts_and_times_may_be_missing() -> None:
    read = Sample.model_validate(
        {"id": 7, "seconds": "1764000000", "milliseconds": 1764000000500, "items": None}
    )
    assert read.id == "7"
    assert read.seconds == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)
    assert read.milliseconds == datetime(2025, 11, 24, 16, 0, 0, 500_000, tzinfo=UTC)
    assert read.items == []


@pytest.mark.parametrize("value", ["?", None, -1, 10**30, [], Decimal("1e400"), "1e5"])
def test_a_time_that_cannot_be_read_is_no_time(value: object) -> None:
    read = Sample.model_validate({"id": "x", "seconds": value, "milliseconds": value})
    assert read.seconds is None
    assert read.milliseconds is None or value == 10**30


def test_a_decoration_that_cannot_be_read_is_left_out() -> None:
    assert Sample.model_validate({"id": "x", "note": {"deep": 1}}).note is None
    assert Sample.model_validate({"id": "x", "note": 3}).note == 3


def test_an_item_that_is_no_object_is_kept_as_raw() -> None:
    assert kit.as_raw("?") == {"item": "?"}
    assert kit.as_raw({"a": 1}) == {"a": 1}
