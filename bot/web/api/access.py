"""Who may use the API: whoever holds the token."""

from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.context import secrets_of
from bot.errors import NotLoggedInError

_bearer = HTTPBearer(
    auto_error=False,
    description="The value of DIALOGO_API_TOKEN, or the generated one that `dialogo up` keeps.",
)


def require_token(
    request: Request,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> None:
    """Let a call pass that carries the API token; NotLoggedInError otherwise."""
    token = secrets_of(request).api_token.get_secret_value().encode()
    shown = given.credentials.encode() if given else b""
    # An empty token in the settings must not open the door to an empty header.
    if not token or not compare_digest(shown, token):
        raise NotLoggedInError(
            "Send the header `Authorization: Bearer <token>` with the value of DIALOGO_API_TOKEN."
        )
