"""Errors that mean "the request cannot be met" rather than "the code is broken".

AppError
├── BadRequestError   400
├── NotLoggedInError  401
├── ForbiddenError    403
├── NotFoundError     404
├── ConflictError     409
└── EngineError       502   the dialogue engine did not answer usefully

Rooms subclass these beside the code that raises them, and say in the message what the reader
can do next. Anything else that escapes is a bug and becomes a 500.
"""

from typing import ClassVar


class AppError(Exception):
    """Base of every expected failure; the HTTP doors render it as JSON, the CLI as one line."""

    status: ClassVar[int] = 500


class BadRequestError(AppError):
    """What was sent cannot be read; the message says what, where and what to do."""

    status = 400


class NotLoggedInError(AppError):
    """No valid password, session or token came with the request."""

    status = 401


class ForbiddenError(AppError):
    """Known, but not allowed."""

    status = 403


class NotFoundError(AppError):
    """The thing asked for is not there."""

    status = 404


class ConflictError(AppError):
    """The thing is there, but not in a state that allows this."""

    status = 409


class EngineError(AppError):
    """The dialogue engine did not answer usefully."""

    status = 502


class ConfigurationError(AppError):
    """A setting is missing or wrong; the message names the variable."""

    status = 500
