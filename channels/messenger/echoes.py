"""Who else speaks for the page: copies of outgoing messages, and the passing of the thread."""

from typing import Literal

from channels import kit
from channels.messenger import payloads
from channels.messenger.said import Context

# Meta's own inbox of the page, where people answer by hand.
PAGE_INBOX = "263902037430900"

# Stands before our own key in the metadata of what we send, so that its echo is known as ours
# even when the operator has not told us our app id.
MARK = "dialogo:"


def echo(message: payloads.Message, context: Context, app_id: str | None) -> kit.Event:
    """Tell our own message from a person's or another app's: those take the thread over."""
    metadata = message.metadata or ""
    correlation = metadata.removeprefix(MARK) if metadata.startswith(MARK) else None
    return kit.Echoed(
        event_id=f"echo:{message.mid}",
        by=_speaker(message.app_id, app_id, ours=correlation is not None),
        recipient=context.person,
        message_id=message.mid,
        correlation=correlation,
        text=message.text or "",
        **context.common,
    )


def _speaker(
    speaker: str | None, app_id: str | None, *, ours: bool
) -> Literal["us", "human", "other_app"]:
    if ours or (app_id is not None and speaker == app_id):
        return "us"
    return "human" if speaker in (None, PAGE_INBOX) else "other_app"


def control(
    action: Literal["pass", "take", "request"],
    found: payloads.Control,
    context: Context,
    app_id: str | None,
) -> kit.Event:
    """Say who has the thread now, or who would like to have it.

    Without our app id, a thread that is passed to anybody but the page's inbox is passed to us:
    Meta tells only the app that receives it.
    """
    owner = found.requested_owner_app_id if action == "request" else found.new_owner_app_id
    if app_id is None:
        to_us = action == "pass" and owner not in (None, PAGE_INBOX)
    else:
        to_us = owner == app_id
    return kit.ControlChanged(
        event_id=context.own_id(action),
        sender=context.person,
        action=action,
        to_us=to_us,
        owner=owner,
        **context.common,
    )
