"""Who a browser is: a session id that we made up and signed.

The token is all a visitor has, so it is never guessable, expires, and is renewed by showing it.
"""

import secrets
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer
from pydantic import ValidationError

from channels import kit
from channels.webchat.settings import Settings

# Tells our tokens from others that are signed with the same secret.
_SALT = "dialogo.webchat.session"


class Claims(kit.Payload):
    """What a token says."""

    session: str
    site: str


def new_session() -> str:
    """Return a session id that nobody can guess."""
    return secrets.token_urlsafe(18)


def issue(settings: Settings, session: str) -> str:
    """Return the signed token for a session."""
    return _signer(settings).dumps({"session": session, "site": settings.site})


def session_of(settings: Settings, token: str) -> str:
    """Return the session that a token stands for, or raise SignatureError."""
    try:
        found = _signer(settings).loads(token, max_age=settings.session_days * 86_400)
        claims = Claims.model_validate(found)
    except (BadSignature, ValidationError):
        raise kit.SignatureError("wrong, missing or expired session token") from None
    if claims.site != settings.site:
        raise kit.SignatureError("the session token is another site's")
    return claims.session


def bearer(request: kit.WebhookRequest) -> str:
    """Return the token a call carries; an EventSource cannot set headers, so also in the query."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.query.get("token", "") if request.method == "GET" else ""


def check_origin(settings: Settings, request: kit.WebhookRequest) -> None:
    """Raise SignatureError if the page that made the call is not one of ours.

    Only browsers name an origin, and they name the true one. A page served by the gateway itself
    needs no setting: its origin's host is the host that was called.
    """
    origin = request.headers.get("origin")
    if origin is None or origin in settings.allowed_origins:
        return
    host = request.headers.get("host", "")
    if not host or urlsplit(origin).netloc != host:
        raise kit.SignatureError("this page may not use the chat: see ALLOWED_ORIGINS")


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret.get_secret_value(), salt=_SALT)
