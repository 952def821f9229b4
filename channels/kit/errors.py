"""What can go wrong between us and a platform, and what the caller should do about it.

ChannelError
├── WebhookError                 an incoming call we will not process
│   ├── SignatureError           401  not from the platform
│   └── PayloadError             400  from the platform, but not readable
└── SendError                    an outgoing message that did not go out
    ├── PlatformDownError        retry (the outcome may be unknown: see `maybe_sent`)
    ├── RateLimitedError         retry after `retry_after`; `scope` says what must wait
    ├── RecipientGoneError       never retry, and mark the contact as stopped
    ├── WindowClosedError        never retry as it is: only a template may be sent now
    ├── MessageRefusedError      never retry, show the reason to an agent
    └── MisconfiguredError       never retry, pause the account, tell the operator
"""

from typing import ClassVar, Literal


class ChannelError(Exception):
    """Base of everything a channel may raise on purpose."""


class WebhookError(ChannelError):
    """An incoming call we will not process; `status` is what the platform is told."""

    status: ClassVar[int] = 400


class SignatureError(WebhookError):
    """The call does not carry proof that the platform made it."""

    status = 401


class PayloadError(WebhookError):
    """The body as a whole is not what the platform documents.

    An event we understand and do not want, or one event of a batch that we cannot read, is no
    error: `parse` returns an `Ignored` for it. A platform that keeps getting errors repeats the
    call for days and finally switches the webhook off.
    """


class SendError(ChannelError):
    """A message did not go out; `code` is the platform's own code where it gave one."""

    retry: ClassVar[bool] = False

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(f"{reason} ({code})" if code else reason)
        self.reason = reason
        self.code = code


class PlatformDownError(SendError):
    """Timeout, broken connection or a 5xx answer.

    `maybe_sent` is true when the request had been written and no answer came: the platform may
    have accepted the message.
    """

    retry = True

    def __init__(self, reason: str, code: str = "", *, maybe_sent: bool = False) -> None:
        super().__init__(reason, code)
        self.maybe_sent = maybe_sent


class RateLimitedError(SendError):
    """We send too fast; wait `retry_after` seconds.

    `scope` is "account" when the whole number or page must wait and "recipient" when only this
    conversation must (WhatsApp 131056).
    """

    retry = True

    def __init__(
        self,
        retry_after: float,
        reason: str = "rate limited",
        code: str = "",
        *,
        scope: Literal["account", "recipient"] = "account",
    ) -> None:
        super().__init__(reason, code)
        self.retry_after = retry_after
        self.scope = scope


class RecipientGoneError(SendError):
    """The customer blocked us, opted out or left the platform."""


class WindowClosedError(SendError):
    """The customer-service window is over; only an approved template may be sent."""


class MessageRefusedError(SendError):
    """The platform understood us and said no to this message."""


class MisconfiguredError(SendError):
    """A token, id, permission or payment on our side is wrong; the operator must act."""
