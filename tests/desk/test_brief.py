"""What a person is told before the first word."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import catalog
from bot import conversations, desk
from bot.db import Database, now
from tests.desk.talks import a_conversation, hear

FRESH = timedelta(hours=72)


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """One engine is enough here: a brief only reads."""
    database = Database(sqlite_url)
    await database.start()
    yield database
    await database.stop()


@pytest.fixture
async def shelf(database: Database, tmp_path: Path) -> AsyncIterator[catalog.Catalog]:
    await database.write(catalog.load_demo)
    shelf = catalog.Catalog(database.sessions, tmp_path / "index", FRESH, ("it", "en"))
    await shelf.start()
    yield shelf
    await shelf.stop()


async def some(shelf: catalog.Catalog, count: int) -> list[catalog.Product]:
    found = await shelf.search(catalog.ProductQuery(words="borsa", language="it", limit=count))
    return list(found.products)


async def brief_of(
    database: Database,
    shelf: catalog.Catalog,
    facts: dict[str, Any],
    *,
    reason: str = "purchase_intent",
    freshness: timedelta = FRESH,
) -> desk.Brief:
    """Make a brief for a conversation that remembers these facts."""
    talk = await database.write(a_conversation)
    await database.write(lambda conn: conversations.change(conn, talk, facts=facts))
    async with database.sessions() as session:
        row = await conversations.get(session, talk)
        maker = desk.BriefMaker(shelf, freshness)
        return await maker.make(session, row, reason=reason, window_hours=24)


async def test_products_come_with_price_and_stock_the_one_in_view_first(
    database: Database, shelf: catalog.Catalog
) -> None:
    one, two, three = await some(shelf, 3)
    facts = {
        "shown": [one.id, two.id, three.id],
        "focus": two.id,
        "asked": [{"topic": "price", "product": three.id}],
    }
    brief = await brief_of(database, shelf, facts)
    assert [card.id for card in brief.products] == [two.id, three.id, one.id]
    assert [card.in_view for card in brief.products] == [True, False, False]
    prices = two.price_range(datetime.now(UTC), FRESH)
    assert prices is not None
    assert (brief.products[0].price, brief.products[0].currency) == (
        str(prices.low.amount),
        prices.low.currency,
    )
    assert brief.products[0].stock == sum(variant.stock for variant in two.variants)


async def test_the_variant_asked_for_is_the_one_shown(
    database: Database, shelf: catalog.Catalog
) -> None:
    product = next(p for p in await some(shelf, 20) if len(p.colours()) > 1)
    colour = product.colours()[1]
    facts = {"focus": product.id, "filters": {"colour": colour, "max_price": "150"}}
    brief = await brief_of(database, shelf, facts)
    (card,) = brief.products
    assert card.variant is not None
    assert card.variant["it"] == product.matching(colour=colour)[0].colour_name("it")
    assert card.stock == sum(v.stock for v in product.matching(colour=colour))
    assert brief.wants == {"colour": colour, "max_price": "150"}


async def test_figures_too_old_to_quote_are_left_out_and_come_back_when_read_anew(
    database: Database, shelf: catalog.Catalog
) -> None:
    (product,) = await some(shelf, 1)
    stale = await brief_of(
        database, shelf, {"focus": product.id}, freshness=timedelta(microseconds=1)
    )
    assert (stale.products[0].price, stale.products[0].stock) == (None, None)
    fresh = await desk.BriefMaker(shelf, FRESH).refresh(stale)
    assert fresh.products[0].price is not None
    assert fresh.products[0].in_view


async def test_the_order_sent_is_listed_with_names(
    database: Database, shelf: catalog.Catalog
) -> None:
    (product,) = await some(shelf, 1)
    items = [
        {"product_id": product.id, "quantity": 2, "price": "139.00", "currency": "EUR"},
        {"product_id": "unknown-to-us", "quantity": 1, "price": None, "currency": None},
    ]
    talk = await database.write(a_conversation)
    await database.write(
        lambda conn: hear(
            conn, talk, "o1", "[order]", kind="order", body={"kind": "order", "items": items}
        )
    )
    brief = await brief_of(database, shelf, {}, reason="order")
    first, second = brief.order
    assert (first.names, first.quantity, first.price) == (product.names, 2, "139.00")
    assert (second.product, second.names, second.price) == ("unknown-to-us", {}, None)
    assert [card.id for card in brief.products] == [product.id]


async def test_a_cart_the_engine_remembers_counts_where_no_order_was_sent(
    database: Database, shelf: catalog.Catalog
) -> None:
    (product,) = await some(shelf, 1)
    facts = {"cart": {"items": [{"product_id": product.id, "quantity": 3}]}}
    brief = await brief_of(database, shelf, facts)
    assert [(line.product, line.quantity) for line in brief.order] == [(product.id, 3)]


async def test_questions_are_listed_once_and_the_next_step_follows_from_them(
    database: Database, shelf: catalog.Catalog
) -> None:
    asked = [
        {"topic": "delivery", "product": None},
        {"topic": "delivery", "product": None},
        {"topic": "returns", "product": None},
    ]
    brief = await brief_of(database, shelf, {"asked": asked})
    assert [question.topic for question in brief.asked] == ["delivery", "returns"]
    assert "consegna" in brief.next_step["it"]
    assert "delivery" in brief.next_step["en"]


async def test_window_transcript_and_last_outcome_are_there(
    database: Database, shelf: catalog.Catalog
) -> None:
    talk = await database.write(a_conversation)
    await database.write(lambda conn: hear(conn, talk, "k", "buongiorno"))
    await database.write(
        lambda conn: conversations.change(conn, talk, outcome={"outcome": "won", "amount": "99"})
    )
    brief = await brief_of(database, shelf, {})
    assert [(line.author, line.text) for line in brief.transcript] == [("customer", "buongiorno")]
    assert brief.window_until is not None
    assert abs(brief.window_until - now() - 24 * 3_600_000) < 60_000
    assert brief.previous == {"outcome": "won", "amount": "99"}


async def test_a_channel_without_a_window_has_no_end(database: Database) -> None:
    assert desk.window_end(1, None) is None
    assert desk.window_end(None, 24) is None


async def test_an_unknown_reason_still_has_a_next_step(
    database: Database, shelf: catalog.Catalog
) -> None:
    brief = await brief_of(database, shelf, {}, reason="something_new")
    assert set(brief.next_step) == {"it", "en"}


def judged(**details: object) -> dict[str, Any]:
    """Return what the engine remembers of a purchase."""
    reasons = ["the words commit: 0.97", "asked about this product: price"]
    return {"wants": True, "score": 0.96, "reasons": reasons, "details": details}


async def test_a_purchase_tells_how_sure_it_is_why_and_what_to_ask(
    database: Database, shelf: catalog.Catalog
) -> None:
    product = next(p for p in await some(shelf, 20) if len(p.colours()) > 1)
    facts = {
        "focus": product.id,
        "purchase": judged(product=product.id, one=True, payment="paypal", city="Torino"),
    }
    brief = await brief_of(database, shelf, facts, reason="purchase")
    assert brief.purchase is not None
    assert brief.purchase.score == 0.96
    assert brief.purchase.reasons == tuple(facts["purchase"]["reasons"])
    assert "colour" in brief.purchase.missing
    assert "payment" not in brief.purchase.missing
    assert brief.next_step["it"].startswith("Chiedi il colore")
    assert brief.next_step["en"].startswith("Ask for the colour")
    assert brief.wants == {"city": "Torino", "payment": "paypal"}


async def test_what_was_asked_about_a_product_need_not_be_asked_again(
    database: Database, shelf: catalog.Catalog
) -> None:
    product = next(p for p in await some(shelf, 20) if len(p.colours()) > 1)
    colour = product.colours()[0]
    sizes = {variant.size for variant in product.variants if variant.size}
    size = {"size": next(iter(sizes))} if sizes else {}
    facts = {
        "focus": product.id,
        "asked": [
            {"topic": "availability", "product": product.id, "colour": colour, **size},
            {"topic": "delivery", "product": product.id},
        ],
        "purchase": judged(product=product.id, quantity="1", payment="card", address="via Po 1"),
    }
    brief = await brief_of(database, shelf, facts, reason="purchase")
    assert brief.purchase is not None
    assert brief.purchase.missing == ()
    assert brief.next_step["en"].startswith("Everything is known")
    assert "delivery" in brief.next_step["en"]


async def test_whoever_does_not_buy_has_no_purchase_in_the_brief(
    database: Database, shelf: catalog.Catalog
) -> None:
    (product,) = await some(shelf, 1)
    facts = {"focus": product.id, "purchase": {**judged(), "wants": False}}
    assert (await brief_of(database, shelf, facts, reason="purchase")).purchase is None
    facts = {"focus": product.id, "purchase": judged()}
    assert (await brief_of(database, shelf, facts, reason="complaint")).purchase is None
