"""The handshake and the signature that all of Meta's platforms share.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

import hashlib
import hmac

from channels.kit.channel import WebhookReply, WebhookRequest
from channels.kit.errors import SignatureError

HEADER = "x-hub-signature-256"


def answer_challenge(request: WebhookRequest, verify_token: str) -> WebhookReply | None:
    """Return the challenge if the call knows our token, 403 if not, None if it is no GET."""
    if request.method != "GET":
        return None
    mode = request.query.get("hub.mode", "")
    given = request.query.get("hub.verify_token", "")
    known = hmac.compare_digest(given.encode(), verify_token.encode())
    if mode != "subscribe" or not known:
        return WebhookReply("wrong verify token", 403)
    return WebhookReply(request.query.get("hub.challenge", ""))


def check_signature(request: WebhookRequest, app_secret: str) -> None:
    """Raise SignatureError unless the SHA-256 signature over the raw bytes is right.

    The older `X-Hub-Signature` (SHA-1) is never looked at, and the digest is never chosen by the
    header's prefix: both would let the caller pick the weaker one.
    """
    given = request.headers.get(HEADER, "")
    if not hmac.compare_digest(given.encode(), sign(request.body, app_secret).encode()):
        raise SignatureError("wrong or missing X-Hub-Signature-256")


def sign(body: bytes, app_secret: str) -> str:
    """Return the value of the signature header for a body."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def signed(request: WebhookRequest, app_secret: str) -> WebhookRequest:
    """Return the call as Meta would make it."""
    headers = {**request.headers, HEADER: sign(request.body, app_secret)}
    return WebhookRequest(request.method, headers, request.query, request.body)
