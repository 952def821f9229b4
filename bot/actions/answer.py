"""What an action hands back: replies for the customer and facts for the engine to remember."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.actions.asked import Asked
from bot.rendering import ProductItem, Products, Reply, ReplyChoice, Say

MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """Replies in order, and slots to set; texts are references, values are typed."""

    replies: tuple[Reply, ...] = ()
    slots: dict[str, Any] = field(default_factory=dict)

    def noting(self, asked: Asked, topic: str, product: str | None = None, **more: Any) -> "Answer":
        """Remember that this was asked, for the brief and for questions that refer back."""
        note = {"topic": topic, "product": product, **{k: v for k, v in more.items() if v}}
        focus = {"focus": product} if product else {}
        notes = [*asked.noted, note][-MOST_NOTES:]
        return replace(self, slots={"asked": notes, **focus, **self.slots})

    def and_then(self, other: "Answer") -> "Answer":
        """Return both answers as one."""
        return Answer((*self.replies, *other.replies), {**self.slots, **other.slots})


def say(ref: str, *choices: ReplyChoice, answer: str = "given", **values: Any) -> Answer:
    """Answer with one text; `answer` is what a flow's `if: {answer: ...}` reads."""
    reply = Say(kind="say", ref=f"text.{ref}", values=values, choices=choices)
    return Answer((reply,), {"result": {"answer": answer}})


def show(
    items: Sequence[ProductItem],
    intro: str,
    *choices: ReplyChoice,
    outro: str | None = None,
    **values: Any,
) -> Answer:
    """Answer with product cards; what is shown is what "the second one" will mean."""
    reply = Products(
        kind="products",
        intro=f"text.{intro}",
        outro=f"text.{outro}" if outro else None,
        values=values,
        items=tuple(items),
        choices=choices,
    )
    ids = [item.id for item in items]
    slots = {
        "shown": ids,
        "focus": ids[0] if len(ids) == 1 else None,
        "result": {"products": "some" if ids else "none", "answer": "given"},
    }
    return Answer((reply,), slots)


def ref(name: str, **values: Any) -> dict[str, Any]:
    """Return a value that is itself a text, with values of its own."""
    return {"ref": f"text.{name}", "values": values}


def tap(intent: str, product: str | None = None, *, title: str = "", text: str = "") -> ReplyChoice:
    """Return a choice that says an intent, about a product; the title is a text or literal."""
    id_ = f"ask:{intent}:{product}" if product else f"ask:{intent}"
    return ReplyChoice(id=id_, ref=f"text.{text}" if text else None, title=title)


def buy(product: str) -> ReplyChoice:
    """Return the choice to buy a product."""
    return tap("buy", product, text="choice_buy")


def person() -> ReplyChoice:
    """Return the choice to talk to a person."""
    return tap("talk_to_human", text="choice_person")


def browse() -> ReplyChoice:
    """Return the choice to see what there is."""
    return tap("browse_catalog", text="choice_catalog")
