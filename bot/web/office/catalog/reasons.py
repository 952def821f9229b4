"""Why a product came up, in the words of whoever keeps the catalog."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.web.office.catalog.place import Place
from bot.web.office.terms import FILTERS, named
from catalog import Explanation, Understood, WordReason

Reason = dict[str, str]


async def why(told: Explanation, read: Understood, place: Place) -> list[Reason]:
    """Return the reasons, what speaks for the product first: kind (a class) and text."""
    found = [_word(word, place) for word in told.words if word.how != "missing"]
    lacking = [_word(word, place) for word in told.words if word.how == "missing"]
    met = [
        {"kind": "met", "text": await _filter(name, ids, place)}
        for name, ids in told.filters.items()
    ]
    unmet = [{"kind": "unmet", "text": await _unmet(name, read, place)} for name in told.unmet]
    refused = [{"kind": "met", "text": await _refusal(id_, read, place)} for id_ in told.refused]
    itself = [{"kind": "itself", "text": place.words["itself"]}] if told.itself else []
    return [*itself, *found, *met, *refused, *lacking, *unmet]


def title(name: str, place: Place) -> str:
    """Return a filter's name."""
    own: Mapping[str, str] = place.words["filter_names"]
    return own.get(name) or named(FILTERS, name, place.language)


async def heard(filters: Mapping[str, Any], read: Understood, place: Place) -> list[Reason]:
    """Return what was understood of a sentence: title and value.

    What the catalog reads by itself counts too, where the engine has heard nothing of that kind.
    """
    chips = []
    if read.words:
        told = " · ".join(read.words)
        chips.append({"title": place.words["words"], "text": told, "kind": "words"})
    wishes = {**_read(read, filters), **{k: v for k, v in filters.items() if k in _TOLD}}
    for name, value in wishes.items():
        values = value if isinstance(value, list | tuple) else [value]
        chips += [await _chip(name, one, place) for one in values]
    return chips


def _read(read: Understood, filters: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict(read.filters)
    refused = [{"kind": kind, "value": id_} for kind, ids in read.refused.items() for id_ in ids]
    refused += [{"kind": "word", "value": word} for word in read.refused_words]
    found |= {"size": read.size, "without": refused}
    if "about_price" not in filters:
        found |= {"min_price": read.min_price, "max_price": read.max_price}
    return {name: value for name, value in found.items() if value}


_TOLD = (
    *("category", "colour", "size", "material", "recipient", "occasion", "without", "order"),
    *("min_price", "max_price", "about_price", "needed_by", "quantity"),
)


async def _chip(name: str, value: Any, place: Place) -> Reason:
    if name == "without":
        text = await place.named(str(value["kind"]), str(value["value"]))
        return {"title": place.words["not_wanted"], "text": text, "kind": "refused"}
    if name.endswith("_price"):
        text = place.locale.money(str(value), "EUR")
    elif name == "order":
        text = place.words["orders"].get(str(value), str(value))
    else:
        text = await place.named(name, str(value))
    return {"title": title(name, place), "text": text, "kind": "filter"}


async def _filter(name: str, ids: Sequence[str], place: Place) -> str:
    if name == "in_stock":
        return str(place.words["met_stock"])
    if name == "price":
        shown = [place.locale.money(Decimal(id_), "EUR") for id_ in ids]
    else:
        shown = [await place.named(name, id_) for id_ in ids]
    return f"{title(name, place)}: {', '.join(shown)}"


async def _unmet(name: str, read: Understood, place: Place) -> str:
    wanted = [read.size] if name == "size" and read.size else list(read.filters.get(name, ()))
    if not wanted:
        return str(place.words["beyond"]).format(what=title(name, place))
    shown = ", ".join([await place.named(name, id_) for id_ in wanted])
    return str(place.words["unmet"]).format(what=title(name, place), wanted=shown)


async def _refusal(id_: str, read: Understood, place: Place) -> str:
    if id_ in read.refused.get("colour", ()):
        # A red bag that comes in black too is no mistake.
        return str(place.words["other_colour"]).format(what=await place.named("colour", id_))
    return str(place.words["without"]).format(what=await place.named("material", id_))


def _word(word: WordReason, place: Place) -> Reason:
    hows: Mapping[str, str] = place.words["hows"]
    fields: Mapping[str, str] = place.words["fields"]
    how = word.how
    if how == "word" and word.told not in ("", word.typed):
        how = "stem"  # type: ignore[assignment]
    text = hows[how].format(typed=word.typed, told=word.told)
    where = ", ".join(fields.get(name, name) for name in word.fields)
    kind = "lacking" if how == "missing" else ("word" if how in ("word", "stem") else "guessed")
    return {"kind": kind, "text": f"{text} · {where}" if where else text}
