"""Engine replies as canonical messages in the customer's language, before any channel's limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.rendering.cards import card, choice
from bot.rendering.fitting import Fitted, OpenChoice, Words, fit, fit_page
from bot.rendering.once import once
from bot.rendering.picking import goes_on
from bot.rendering.replies import (
    HandoffWanted,
    Products,
    Reply,
    ReplyChoice,
    ReviewGiven,
    Say,
    read_replies,
)
from bot.rendering.texts import Texts
from channels.kit import Capabilities, Cards, Choice, Outbound, Text

# Texts that mean: the customer did not get the answer to what was said.
UNANSWERED = frozenset({"text.not_understood", "text.safe", "text.safe_later"})
# Bubbles that belong together are sent as one: one notification, one message of the rate limit.
LONGEST_JOINED = 600
MOST_JOINED_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will read a turn: language, what the channel can show, and what was read lately.

    `seed` chooses among the variants of a text (the message's key does well), `recent` holds the
    last texts of the conversation, `known` holds values any text may use, such as `name`.
    """

    language: str
    capabilities: Capabilities
    public_url: str = ""
    seed: str = ""
    recent: Sequence[str] = ()
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A turn ready to be stored: messages in order and what they leave open."""

    messages: list[Outbound] = field(default_factory=list)
    open_choices: list[OpenChoice] = field(default_factory=list)
    handoffs: list[HandoffWanted] = field(default_factory=list)
    reviews: list[ReviewGiven] = field(default_factory=list)
    unanswered: bool = False
    problems: list[str] = field(default_factory=list)


def render(
    replies: Sequence[Mapping[str, Any] | Reply], bundle: Mapping[str, Any], audience: Audience
) -> Rendered:
    """Turn one turn's replies into messages that the channel can show.

    Nothing is raised for a reply or a text that is wrong: it is left out and named in `problems`,
    and a turn that says nothing comes back as `unanswered` without messages.
    """
    read, problems = read_replies(replies)
    wanted = once(read)
    texts = texts_for(bundle, audience)
    messages: list[Outbound] = []
    for reply in wanted:
        messages += _messages(reply, texts, audience.public_url)
    handoffs = [reply for reply in wanted if isinstance(reply, HandoffWanted)]
    if handoffs:
        messages = [_without_choices(message) for message in messages]
    fitted = fit(_joined(messages), audience.capabilities, words(texts))
    return Rendered(
        messages=fitted.messages,
        open_choices=fitted.open_choices,
        handoffs=handoffs,
        reviews=[reply for reply in wanted if isinstance(reply, ReviewGiven)],
        unanswered=not fitted.messages or any(_is_unanswered(reply) for reply in wanted),
        problems=[*problems, *texts.problems],
    )


def present(
    messages: Sequence[Outbound], bundle: Mapping[str, Any], audience: Audience
) -> Rendered:
    """Fit messages that somebody else has written, such as an agent's words."""
    texts = texts_for(bundle, audience)
    return _done(fit(messages, audience.capabilities, words(texts)), texts)


def page(
    open_choices: Sequence[OpenChoice],
    number: int,
    bundle: Mapping[str, Any],
    audience: Audience,
) -> Rendered:
    """Show one page of the open choices; all of them stay open and can still be typed."""
    texts = texts_for(bundle, audience)
    return _done(fit_page(open_choices, number, audience.capabilities, words(texts)), texts)


def texts_for(bundle: Mapping[str, Any], audience: Audience) -> Texts:
    """Return the bundle's texts as this audience reads them."""
    return Texts(bundle, audience.language, audience.seed, audience.recent, audience.known)


def words(texts: Texts) -> Words:
    """Return what the ladder itself says; signs stand in for texts that nobody wrote."""

    def said(name: str, sign: str) -> str:
        ref = f"text.{name}"
        return (texts.say(ref) if texts.has(ref) else "") or sign

    return Words(said)


def _done(fitted: Fitted, texts: Texts) -> Rendered:
    return Rendered(
        messages=fitted.messages,
        open_choices=fitted.open_choices,
        unanswered=not fitted.messages,
        problems=texts.problems,
    )


def _messages(reply: Reply, texts: Texts, public_url: str) -> list[Outbound]:
    match reply:
        case Say():
            return _say(reply, texts)
        case Products():
            return _products(reply, texts, public_url)
        case ReviewGiven():
            return []
        case HandoffWanted():
            return _text(texts.say(_handoff_ref(reply, texts), reply.values), ())


def _say(reply: Say, texts: Texts) -> list[Outbound]:
    held = [Choice(id=id_, title=title) for id_, title in texts.choices(reply.ref)]
    given = _choices(reply.choices, texts)
    return _text(texts.say_anew(reply.ref, reply.values), (*held, *given))


def _products(reply: Products, texts: Texts, public_url: str) -> list[Outbound]:
    messages: list[Outbound] = []
    if reply.intro:
        messages += _text(texts.say_anew(reply.intro, reply.values), ())
    if reply.items:
        messages.append(Cards(cards=tuple(card(item, texts, public_url) for item in reply.items)))
    choices = _choices(reply.choices, texts)
    if choices or reply.outro:
        outro = texts.say(reply.outro or "text.help_choose", reply.values)
        messages += _text(outro, choices)
    return messages


def _handoff_ref(reply: HandoffWanted, texts: Texts) -> str:
    if reply.say and texts.has(reply.say):
        return reply.say
    own = f"text.handoff_{reply.reason}"
    return own if texts.has(own) else "text.handoff"


def _choices(wanted: Sequence[ReplyChoice], texts: Texts) -> tuple[Choice, ...]:
    return tuple(choice(item, texts) for item in wanted)


def _text(text: str, choices: Sequence[Choice]) -> list[Outbound]:
    if not text and not choices:
        return []
    return [Text(text=text, choices=tuple(choices))]


def _without_choices(message: Outbound) -> Outbound:
    """Offer nothing beside a person who takes over: the bot would not answer a tap any more."""
    return Text(text=message.text) if isinstance(message, Text) and message.text else message


def _joined(messages: Sequence[Outbound]) -> list[Outbound]:
    joined: list[Outbound] = []
    for message in messages:
        before = joined[-1] if joined else None
        one = _as_one(before, message)
        if one is None:
            joined.append(message)
        else:
            joined[-1] = one
    return joined


def _as_one(before: Outbound | None, message: Outbound) -> Text | None:
    """Return two short texts as one, unless their choices would crowd each other."""
    if not isinstance(before, Text) or not isinstance(message, Text):
        return None
    choices = _together(before.choices, message.choices)
    if choices is None:
        return None
    gap = "\n\n" if "\n" in before.text + message.text else "\n"
    text = gap.join(part for part in (before.text, message.text) if part)
    if len(text) > LONGEST_JOINED:
        return None
    return Text(text=text, choices=choices)


def _together(before: Sequence[Choice], after: Sequence[Choice]) -> tuple[Choice, ...] | None:
    """Return the choices of two texts said as one, None where they have to stay apart.

    A question that waits for an answer goes before what an answer only offers besides. Of two
    answers, what just one of them offers is mostly what the other one has just told.
    """
    both = {c.id: c for c in (*before, *after)}
    if not before or not after or len(both) <= MOST_JOINED_CHOICES:
        return tuple(both.values())
    if not all(goes_on(choice.id) for choice in before):
        return None
    if not any(goes_on(choice.id) for choice in after):
        return tuple(after)
    common = {choice.id for choice in before} & {choice.id for choice in after}
    return tuple(both[name] for name in both if name in common) or None


def _is_unanswered(reply: Reply) -> bool:
    if isinstance(reply, HandoffWanted):
        return reply.reason == "not_understood"
    return isinstance(reply, Say) and reply.ref in UNANSWERED
