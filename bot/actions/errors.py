"""What can be wrong with a call of the engine.

AppError
├── BadRequestError
│   ├── UnreadableCallError   400  not JSON, not deflate, not the protocol
│   └── DeclinedError         400  the action cannot run now; Rasa is told which one
├── NotLoggedInError
│   └── WrongTokenError       401
├── NotFoundError
│   └── UnknownActionError    404
└── TooLargeError             413
"""

from typing import ClassVar

from bot.errors import AppError, BadRequestError, NotFoundError, NotLoggedInError


class UnreadableCallError(BadRequestError):
    """The body is not a call in Rasa's action protocol."""


class WrongTokenError(NotLoggedInError):
    """The bearer token is not the engine's."""


class ActionError(AppError):
    """Something about one action; the engine is told its name."""

    def __init__(self, message: str, action: str) -> None:
        super().__init__(message)
        self.action = action


class DeclinedError(ActionError):
    """The action cannot be run now; the engine may choose another one."""

    status = 400


class UnknownActionError(ActionError, NotFoundError):
    """No action has this name."""


class TooLargeError(AppError):
    """The body is larger than a conversation can be."""

    status: ClassVar[int] = 413
