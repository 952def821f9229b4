"""What a name in a flow stands for: a remembered answer, something just heard, a known fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from dialogues.executor.pointing import ONE, pointed_at
from dialogues.executor.talk import Json, Talk
from dialogues.executor.vocabulary import ANY, FILLED_LATER, RESULTS

_KIND = "category:"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def value_of(talk: Talk, name: str) -> Any:
    """Return what a name stands for now, None when it is not known."""
    if name in RESULTS:
        return talk.state["result"].get(name)
    if name in _CIRCUMSTANCES:
        return _CIRCUMSTANCES[name](talk)
    frame = talk.top or {}
    for source in (talk.state["memory"], frame.get("given", {}), talk.state["given"]):
        if source.get(name) not in (None, ""):
            return source[name]
    if name == "product":
        return product_in_view(talk.facts, frame.get("given", {}))
    return talk.facts.get(name, talk.context.get(name))


def product_in_view(facts: Json, given: Json) -> str | None:
    """Return the one product the customer can only mean, as shown to them."""
    named = given.get("product")
    if named:
        return str(named)
    focus = facts.get("focus")
    shown = facts.get("shown")
    shown = shown if isinstance(shown, list) else []
    ordinal = given.get("ordinal")
    if ordinal is not None and (shown or not focus):
        ids = [str(id_) for id_ in shown]
        found = pointed_at(ordinal, given, ids, str(focus) if focus else None, _marks(facts))
        if found or ordinal != ONE:
            return found
    if focus:
        return str(focus) if _is_of_kind(str(focus), given, facts) else None
    return str(shown[0]) if len(shown) == 1 else None


def _is_of_kind(product: str, given: Json, facts: Json) -> bool:
    """Tell whether a product can be meant by who names a kind: "prendo il borsone" is no backpack.

    Only where the kind of the product is known.
    """
    kind = given.get("category")
    kinds = {m for m, ids in _marks(facts).items() if m.startswith(_KIND) and product in ids}
    return not kind or not kinds or f"{_KIND}{kind}" in kinds


def _marks(facts: Json) -> Json:
    marks = facts.get("marks")
    return marks if isinstance(marks, dict) else {}


def spoken_values(talk: Talk, step: Json) -> Json:
    """Return what a text needs for its placeholders; the customer reads titles, not codes."""
    flow = (talk.top or {}).get("flow", "")
    titles = {
        name: _title(talk, flow, name) for name in step.get("uses", ()) if name not in FILLED_LATER
    }
    return {name: title for name, title in titles.items() if title not in (None, "")}


def filled(talk: Talk, args: Json) -> Json:
    """Put values into an action's arguments; what is unknown or does not matter is left out."""
    ready = {name: _filled(talk, value) for name, value in args.items()}
    return {name: value for name, value in ready.items() if value not in (None, "", ANY)}


def holds(talk: Talk, condition: Json) -> bool:
    """Tell whether one condition of an `if` is true now."""
    found, wanted = value_of(talk, condition["name"]), condition["value"]
    test = condition["test"]
    if test == "known":
        return _present(found) is bool(wanted)
    if test == "in":
        return any(_same(found, one) for one in wanted)
    if test in ("more_than", "less_than"):
        return _compare(found, wanted, more=test == "more_than")
    return _same(found, wanted) is (test == "is")


def _present(found: Any) -> bool:
    return found not in (None, "", [], {}, "none", False)


def _same(found: Any, wanted: Any) -> bool:
    left, right = _decimal(found), _decimal(wanted)
    if left is not None and right is not None:
        return left == right
    return str(_bare(found)).strip().lower() == str(wanted).strip().lower()


def _compare(found: Any, wanted: Any, *, more: bool) -> bool:
    left, right = _decimal(found), _decimal(wanted)
    if left is None or right is None:
        return False
    return left > right if more else left < right


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(_bare(value)))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _bare(value: Any) -> Any:
    return value.get("date", value) if isinstance(value, dict) else value


def _filled(talk: Talk, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    whole = _PLACEHOLDER.fullmatch(value.strip())
    if whole:
        return _bare(value_of(talk, whole[1]))

    def put(match: re.Match[str]) -> str:
        found = _bare(value_of(talk, match[1]))
        return "" if found in (None, ANY) else str(found)

    return " ".join(_PLACEHOLDER.sub(put, value).split())


def _title(talk: Talk, flow: str, name: str) -> Any:
    value = value_of(talk, name)
    choices = talk.bundle.get("choices", {})
    refs = [f"{flow}.{name}", *(ref for ref in choices if ref.endswith(f".{name}"))]
    for ref in refs:
        for choice in choices.get(ref, ()):
            if str(choice["value"]) == str(value):
                return choice["titles"].get(talk.language, value)
    return value


def _outcome(talk: Talk) -> Any:
    outcome = talk.context.get("outcome")
    if isinstance(outcome, dict):
        return outcome.get("outcome") or outcome.get("kind")
    return outcome


def _again(talk: Talk) -> str:
    flow = (talk.top or {}).get("flow")
    return "yes" if flow in talk.state["done"] else "no"


def _looked_for(talk: Talk) -> Any:
    return (talk.facts.get("filters") or {}).get("recipient")


_CIRCUMSTANCES: dict[str, Callable[[Talk], Any]] = {
    "language": lambda talk: talk.language,
    "outcome": _outcome,
    "again": _again,
    "looked_for": _looked_for,
    "together": lambda talk: "yes" if talk.state["together"] else "no",
}
