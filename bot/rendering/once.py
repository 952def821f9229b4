"""Says nothing twice in one turn: two sentences about one thing are answered by one list."""

from collections.abc import Sequence

from bot.rendering.replies import ProductItem, Products, Reply, Say

_FACTS = "text."  # what actions say; a flow's own words lead up to what comes after them


def once(replies: Sequence[Reply]) -> list[Reply]:
    """Return the replies without those that only repeat what stands before them."""
    kept: list[Reply] = []
    told: list[tuple[str, object]] = []
    shown: set[tuple[str, str | None]] = set()
    for reply in replies:
        if isinstance(reply, Say) and reply.kind == "say":
            if (reply.ref, reply.values) in told:
                continue
            told.append((reply.ref, reply.values))
        if isinstance(reply, Products) and reply.items:
            items = {_key(item) for item in reply.items}
            if items <= shown:
                _drop_lead(kept)
                continue
            shown |= items
            # "Yes, we have it in blue!" above a picture is said, too.
            told.append((str(reply.intro), reply.values))
        kept.append(reply)
    return kept


def _key(item: ProductItem) -> tuple[str, str | None]:
    return item.id, item.image


def _drop_lead(kept: list[Reply]) -> None:
    """Drop the flow's words that led up to a list that is not shown again."""
    last = kept[-1] if kept else None
    led_up = isinstance(last, Say) and last.kind == "say" and not last.choices
    if isinstance(last, Say) and led_up and not last.ref.startswith(_FACTS):
        kept.pop()
