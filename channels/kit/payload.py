"""Reading what a platform posted, before anybody trusts it."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Never

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from channels.kit.errors import PayloadError

# Seconds of the year 9999; beyond, `datetime` gives up.
_LAST_SECOND = 253_402_300_799


class Payload(BaseModel):
    """The part of a platform's payload that we read; everything else in it is left alone.

    Ids sent as numbers are taken as strings: Meta's own examples contain both.
    """

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


def read_json(body: bytes) -> Any:
    """Parse a body; numbers with a point become Decimal, from the digits that were sent.

    Raises PayloadError for anything that is not JSON. NUL characters and halves of surrogate
    pairs are valid JSON escapes that no database stores, so they are replaced here.
    """
    try:
        value = json.loads(body.decode(), parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise PayloadError(f"the body is not JSON: {type(error).__name__}") from None
    # Only escapes can bring such characters in, so most bodies are not walked through.
    return _clean(value) if b"\\u0000" in body or b"\\ud" in body.lower() else value


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return value


def _moment(value: Any, per_second: int) -> datetime | None:
    try:
        seconds = int(value) / per_second
    except (TypeError, ValueError, ArithmeticError):
        return None
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= _LAST_SECOND else None


def _from_seconds(value: Any) -> datetime | None:
    return _moment(value, 1)


def _from_milliseconds(value: Any) -> datetime | None:
    return _moment(value, 1000)


def _items(value: Any) -> Any:
    return [] if value is None else value


# A time that cannot be read is no reason to lose a message: it becomes None.
Seconds = Annotated[datetime | None, BeforeValidator(_from_seconds)]
Milliseconds = Annotated[datetime | None, BeforeValidator(_from_milliseconds)]

# A list whose items are read one by one, so that one bad item does not lose the others.
Items = Annotated[list[Any], BeforeValidator(_items)]


def _or_none(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    try:
        return handler(value)
    except ValidationError:
        return None


# For decorations of a message (`Annotated[Referral | None, LENIENT] = None`): one that cannot be
# read is no reason to lose the words it decorates.
LENIENT = WrapValidator(_or_none)


def as_raw(item: Any) -> dict[str, Any]:
    """Return an item of a payload in the form in which events keep it."""
    return item if isinstance(item, dict) else {"item": item}
