"""What each of Messenger's error codes means for us.

The subcode decides first: code 10 is both a missing permission and a closed window.
https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
"""

from pydantic import ValidationError

from channels import kit


class Refusal(kit.Payload):
    """The error object of an answer."""

    code: int
    error_subcode: int | None = None
    message: str = ""


class Answer(kit.Payload):
    """An answer that is an error."""

    error: Refusal


_SUBCODES: dict[int, type[kit.SendError]] = {
    1545041: kit.RecipientGoneError,  # not available: blocked us or left
    2018001: kit.RecipientGoneError,  # no such person
    2018278: kit.WindowClosedError,
    2018065: kit.WindowClosedError,
    2534022: kit.WindowClosedError,
    2018028: kit.MessageRefusedError,  # the app is not published and this is no tester
    2018109: kit.MessageRefusedError,  # attachment too big
    1893063: kit.MisconfiguredError,  # page restricted
}

_CODES: dict[int, type[kit.SendError]] = {
    551: kit.RecipientGoneError,
    2: kit.PlatformDownError,
    1200: kit.PlatformDownError,
    10: kit.MisconfiguredError,
    190: kit.MisconfiguredError,
    200: kit.MisconfiguredError,
    230: kit.MisconfiguredError,
    368: kit.MisconfiguredError,
}

# Throttles, all with HTTP 400: the app's calls, the page's calls, the business use case limits.
_THROTTLES = {4, 613, *range(80000, 80015)}
_THROTTLE_WAIT = 10.0


def refusal(reply: kit.ApiReply) -> kit.SendError:
    """Return the error that says what to do about an answer that is not 2xx."""
    try:
        error = Answer.model_validate(reply.json).error
    except ValidationError:
        return _by_status(reply)(f"HTTP {reply.status} without an error code")
    subcode = error.error_subcode or 0
    code = f"{error.code}/{subcode}" if subcode else str(error.code)
    reason = error.message or "no reason given"
    if error.code in _THROTTLES and subcode not in _SUBCODES:
        return kit.RateLimitedError(_wait(reply), reason, code)
    kind = _SUBCODES.get(subcode) or _CODES.get(error.code) or _by_status(reply)
    return kind(reason, code)


def _by_status(reply: kit.ApiReply) -> type[kit.SendError]:
    if reply.status in (401, 403):
        return kit.MisconfiguredError
    return kit.PlatformDownError if reply.status >= 500 else kit.MessageRefusedError


def _wait(reply: kit.ApiReply) -> float:
    given = reply.headers.get("retry-after", "")
    return float(given) if given.isdecimal() else _THROTTLE_WAIT
