"""What each of WhatsApp's error codes means for us.

The code decides, not the HTTP status: throttles come as 400.
https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

from typing import Annotated

from pydantic import ValidationError

from channels import kit
from channels.whatsapp.payloads import Details


class Refusal(kit.Payload):
    """The error object of an answer."""

    code: int
    message: str = ""
    error_data: Annotated[Details | None, kit.LENIENT] = None


class Answer(kit.Payload):
    """An answer that is an error."""

    error: Refusal


# Seconds to wait where no Retry-After says otherwise: 130429 is the throughput of the number
# (80 messages/s), 4 and 80007 are counted by the hour.
_ACCOUNT_WAITS = {4: 60.0, 80007: 60.0, 130429: 2.0}

# One customer got too much (1 message in 6 s on average, bursts borrowed from the future).
_PAIR_LIMIT = 131056
_PAIR_WAIT = 6.0

# Passing troubles on their side; 131053 is a picture they could not fetch this time.
_TROUBLES = {1, 2, 131000, 131016, 131053, 131057, 133004}

# The operator must act: token, permissions, policy, payment, registration, spam limit, country.
_OURS = {
    0, 3, 10, 190, 368, 130497, 131005, 131031, 131042, 131045, 131048, 133010, *range(200, 300),
}  # fmt: skip

_GONE = {131026}  # not on WhatsApp, an old app, or we are blocked: they do not say which
_WINDOW = {131047}

_CLASSES: dict[int, type[kit.SendError]] = {
    **dict.fromkeys(_TROUBLES, kit.PlatformDownError),
    **dict.fromkeys(_OURS, kit.MisconfiguredError),
    **dict.fromkeys(_GONE, kit.RecipientGoneError),
    **dict.fromkeys(_WINDOW, kit.WindowClosedError),
}


def refusal(reply: kit.ApiReply) -> kit.SendError:
    """Return the error that says what to do about an answer that is not 2xx."""
    try:
        error = Answer.model_validate(reply.json).error
    except ValidationError:
        return _without_code(reply)
    reason = (error.error_data.details if error.error_data else "") or error.message
    return _by_code(error.code, reason or "no reason given", reply)


def _by_code(number: int, reason: str, reply: kit.ApiReply) -> kit.SendError:
    code = str(number)
    if number in _ACCOUNT_WAITS:
        wait = _wait(reply, _ACCOUNT_WAITS[number])
        return kit.RateLimitedError(wait, reason, code)
    if number == _PAIR_LIMIT:
        return kit.RateLimitedError(_wait(reply, _PAIR_WAIT), reason, code, scope="recipient")
    # Codes without a class of their own are about this message (100, 131008, 131009, 132xxx, ...),
    # unless their server failed while saying so.
    return _CLASSES.get(number, _by_status(reply))(reason, code)


def _without_code(reply: kit.ApiReply) -> kit.SendError:
    reason = f"HTTP {reply.status} without an error code"
    if reply.status in (401, 403):
        return kit.MisconfiguredError(reason)
    return _by_status(reply)(reason)


def _by_status(reply: kit.ApiReply) -> type[kit.SendError]:
    return kit.PlatformDownError if reply.status >= 500 else kit.MessageRefusedError


def _wait(reply: kit.ApiReply, otherwise: float) -> float:
    given = reply.headers.get("retry-after", "")
    return float(given) if given.isdecimal() else otherwise
