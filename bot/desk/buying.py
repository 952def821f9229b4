"""The purchase decision as a brief shows it: how sure, why, and what is still to be asked."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from catalog import Product
from dialogues import purchase

SELLING = ("purchase", "order")


class Buying(BaseModel):
    """Where the customer wants to buy now."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    score: float = Field(description="The probability that they do, 0 to 1.")
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = Field((), examples=[["size", "address", "payment"]])


def buying(
    facts: Mapping[str, Any],
    reason: str,
    products: Mapping[str, Product],
    *,
    version: Callable[[str], dict[str, str]],
) -> Buying | None:
    """Return the decision that called a person to sell, None for any other reason.

    The catalog knows between how many colours and sizes the product lets one choose; `version`
    returns the colour and size asked for so far.
    """
    judged = facts.get("purchase") or {}
    if reason not in SELLING or not judged.get("wants"):
        return None
    details = dict(judged.get("details") or {})
    product = products.get(str(details.get("product") or facts.get("focus")))
    options = purchase.Options()
    if product is not None:
        details |= {"product": product.id, **version(product.id)}
        options = purchase.Options(
            colours=len({variant.colour for variant in product.variants if variant.colour}),
            sizes=len({variant.size for variant in product.variants if variant.size}),
        )
    return Buying(
        score=judged["score"],
        reasons=tuple(judged["reasons"]),
        missing=purchase.missing(details, options),
    )
