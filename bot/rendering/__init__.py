"""What the engine decided, as messages that the customer's channel can show."""

from bot.rendering.compose import Audience, Rendered, page, present, render
from bot.rendering.fitting import OpenChoice, page_number
from bot.rendering.fitting.split import split
from bot.rendering.picking import resolve
from bot.rendering.replies import (
    HandoffWanted,
    Missed,
    Money,
    ProductItem,
    Products,
    Quote,
    Reply,
    ReplyChoice,
    ReviewGiven,
    Say,
    read_replies,
)
from bot.rendering.transcript import transcript_text

__all__ = [
    "Audience",
    "HandoffWanted",
    "Missed",
    "Money",
    "OpenChoice",
    "ProductItem",
    "Products",
    "Quote",
    "Rendered",
    "Reply",
    "ReplyChoice",
    "ReviewGiven",
    "Say",
    "page",
    "page_number",
    "present",
    "read_replies",
    "render",
    "resolve",
    "split",
    "transcript_text",
]
