"""What the dialogue engine answers with: references and typed values, never finished sentences."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class Part(BaseModel):
    """A value of an engine reply; fields it does not know are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Money(Part):
    """An amount in a currency, exact."""

    amount: Decimal
    currency: str = "EUR"


class ReplyChoice(Part):
    """Something to tap; the title is a text of the bundle, or literal where there is none."""

    id: str
    ref: str | None = None
    title: str = ""
    values: dict[str, Any] = Field(default_factory=dict)


class Quote(Part):
    """What a customer wrote about a product."""

    text: str
    author: str = ""
    verified: bool = False
    source: str = ""


class ProductItem(Part):
    """One product to show; a null price or stock is too old to be quoted."""

    id: str
    name: str
    price: Money | None = None
    price_to: Money | None = None
    stock: int | None = None
    rating: float | None = None
    reviews: int = 0
    review_sources: tuple[str, ...] = ()
    image: str | None = None
    url: str | None = None
    note: str | None = None
    quote: Quote | None = None
    choices: tuple[ReplyChoice, ...] = ()


class Missed(Part):
    """A search that was not fulfilled: for the shop to read, the customer does not see it."""

    words: tuple[str, ...] = ()
    wishes: dict[str, Any] = Field(default_factory=dict)
    missed: tuple[str, ...] = ()
    near: bool = False


class Say(Part):
    """A text; an `ask` also shows the choices that the bundle holds for it."""

    kind: Literal["say", "ask"]
    ref: str
    values: dict[str, Any] = Field(default_factory=dict)
    choices: tuple[ReplyChoice, ...] = ()
    missed: Missed | None = None


class Products(Part):
    """Product cards with words before and after; `choices` stand under the words after."""

    kind: Literal["products"]
    intro: str | None = None
    outro: str | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    items: tuple[ProductItem, ...] = ()
    choices: tuple[ReplyChoice, ...] = ()
    missed: Missed | None = None


class HandoffWanted(Part):
    """A person should take over; `say` is what the customer is told, else the reason's text."""

    kind: Literal["handoff"]
    reason: str
    queue: str | None = None
    say: str | None = None
    evidence: tuple[str, ...] = ()
    values: dict[str, Any] = Field(default_factory=dict)


class ReviewGiven(Part):
    """What the customer says of a product and lets the shop show; it is kept, not said."""

    kind: Literal["review"]
    product: str
    stars: int = Field(ge=1, le=5)
    text: str = ""
    language: str


Reply = Annotated[Say | Products | HandoffWanted | ReviewGiven, Field(discriminator="kind")]

_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)


def read_replies(
    raw: Sequence[Mapping[str, Any] | Reply],
) -> tuple[list[Reply], list[str]]:
    """Read what can be read, and say in plain words what cannot.

    One reply of a kind that this release does not know must not cost the customer the others.
    """
    replies: list[Reply] = []
    problems: list[str] = []
    for item in raw:
        try:
            replies.append(_REPLY.validate_python(item))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "reply"
            problems.append(f"An engine reply was left out: {where}: {first['msg']}")
    return replies, problems
