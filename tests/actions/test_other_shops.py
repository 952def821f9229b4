"""Shops that are not the demo: sold out, sparse, with costs where the demo has none."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete

from catalog import ReviewOptions, Table, import_reviews, put_shop, set_price, set_stock
from catalog.demo.loading import demo_shop


def answer(topic):
    return f"action_answer_{topic}"


def now():
    return datetime.now(UTC)


def every_siena(change):
    def apply(conn):
        for sku in ("SIENA-BORDEAUX", "SIENA-NERO", "SIENA-TESTA-DI-MORO", "SIENA-VERDE"):
            assert change(conn, sku)

    return apply


def sold_out(conn, sku):
    return set_stock(conn, "siena", sku, stock=0, at=now())


async def test_what_is_gone_altogether_leads_to_something_similar(shop_with):
    engine = await shop_with(every_siena(sold_out))
    for entities in ({}, {"colour": "rosso"}):
        said = await engine.run(answer("availability"), "?", product="siena", **entities)
        assert "al momento non è disponibile" in said.text
        assert said.choices[0] == "ask:browse_catalog:category:borse"
    card = (await engine.run(answer("details"), "", product="siena")).text
    assert "esaurito" in card


async def test_variants_with_different_prices_have_a_range(shop_with):
    def dearer(conn):
        assert set_price(conn, "siena", "SIENA-NERO", price=Decimal("149.00"), at=now())

    engine = await shop_with(dearer)
    said = await engine.run(answer("price"), "quanto costa la siena?", product="siena")
    assert "da 139 € a 149 €" in said.text
    black = await engine.run(answer("price"), "e nera?", colour="nero")
    assert "in nero: 149 €" in black.text


async def test_one_old_price_makes_the_range_doubtful(shop_with):
    def older(conn):
        old = now() - timedelta(days=9)
        assert set_price(conn, "siena", "SIENA-NERO", price=Decimal("149.00"), at=old)

    engine = await shop_with(older)
    said = await engine.run(answer("price"), "quanto costa la siena?", product="siena")
    assert "€" not in said.text
    assert "ricontrollato" in said.text
    there = await engine.run(answer("availability"), "c'è nera?", product="siena", colour="nero")
    assert "Il prezzo va ricontrollato" in there.text
    assert "€" not in there.text.split("\n")[0]
    red = await engine.run(answer("price"), "e rossa?", product="siena", colour="rosso")
    assert "139 €" in red.text


async def test_one_old_stock_figure_does_not_silence_the_others(shop_with):
    def older(conn):
        assert set_stock(conn, "siena", "SIENA-NERO", stock=5, at=now() - timedelta(days=9))

    engine = await shop_with(older)
    black = await engine.run(answer("availability"), "nera?", product="siena", colour="nero")
    assert "ricontrollata" in black.text
    red = await engine.run(answer("availability"), "rossa?", product="siena", colour="rosso")
    assert "ultimi 3 pezzi" in red.text


async def test_the_last_piece_is_told(shop_with):
    def one_left(conn):
        assert set_stock(conn, "siena", "SIENA-BORDEAUX", stock=1, at=now())

    engine = await shop_with(one_left)
    said = await engine.run(answer("availability"), "rossa?", product="siena", colour="rosso")
    assert "ultimo pezzo" in said.text


def other_facts(**changes):
    def apply(conn):
        put_shop(conn, demo_shop(now()).model_copy(update={"texts": {}, **changes}))

    return apply


async def test_a_shop_without_texts_of_its_own_answers_from_its_facts(shop_with):
    shop = demo_shop(now())
    paid = shop.gift_wrap.model_copy(update={"cost": Decimal("4.50")})
    returns = shop.returns.model_copy(update={"free": False})
    engine = await shop_with(other_facts(gift_wrap=paid, returns=returns))
    assert "4,50 €" in (await engine.run(answer("gift_wrap"), "pacchetto?")).text
    assert "a tuo carico" in (await engine.run(answer("returns"), "resi?")).text
    assert "24 mesi" in (await engine.run(answer("warranty"), "garanzia?")).text
    discount = await engine.run(answer("discount"), "sconti?")
    assert discount.choices == ["ask:talk_to_human"]
    care = await engine.run(answer("care"), "come si pulisce?")
    assert care.slots["result"] == {"answer": "asked"}


async def test_free_wrapping_is_said_so(shop_with):
    engine = await shop_with(other_facts())
    assert "gratuita" in (await engine.run(answer("gift_wrap"), "pacchetto?")).text


async def test_free_delivery_has_no_threshold(shop_with):
    delivery = demo_shop(now()).delivery
    zones = tuple(
        zone.model_copy(update={"cost": Decimal(0), "hours_max": 24}) for zone in delivery.zones
    )
    free = delivery.model_copy(update={"zones": zones})
    engine = await shop_with(other_facts(delivery=free))
    said = await engine.run(answer("delivery"), "spedizione?")
    assert "24 ore. La spedizione è gratuita." in said.text


async def test_an_address_without_coordinates_still_has_a_map(shop_with):
    address = demo_shop(now()).address.model_copy(update={"latitude": None, "longitude": None})
    engine = await shop_with(other_facts(address=address))
    assert "Via+dei+Tre+Lumi" in (await engine.run(answer("location"), "dove siete?")).text


async def test_a_shop_that_never_opens_says_only_that_it_is_closed(shop_with):
    engine = await shop_with(other_facts(hours=()))
    said = await engine.run(answer("hours"), "aperti?")
    assert said.text.startswith("Adesso siamo chiusi.\n\n• lunedì–domenica: chiuso")


async def test_without_facts_about_the_shop_a_person_answers(shop_with):
    def no_shop(conn):
        conn.execute(delete(Table.metadata.tables["catalog_shop"]))

    engine = await shop_with(no_shop)
    said = await engine.run(answer("returns"), "resi?")
    assert said.choices == ["ask:talk_to_human"]


async def test_an_empty_catalog_says_it_found_nothing(shop_with):
    def nothing(conn):
        conn.execute(delete(Table.metadata.tables["catalog_product"]))

    engine = await shop_with(nothing)
    said = await engine.run("action_search_products", "una borsa rossa", category="borse")
    assert "non ho trovato nulla" in said.text
    assert said.slots["result"]["products"] == "none"
    assert said.choices == ["ask:browse_catalog", "ask:talk_to_human"]
    which = await engine.run(answer("reviews"), "recensioni?")
    assert which.choices == ["ask:browse_catalog"]


async def test_reviews_from_elsewhere_tell_where_they_come_from(shop_with):
    table = (
        "product,rating,text,author,date,verified,language\n"
        "caterina,5,Non si fa nodi,Marta,2026-10-01,yes,it\n"
        "siena,5,La uso ogni giorno,Pia,2026-11-20,yes,it\n"
    )

    def change(conn):
        options = ReviewOptions("it", "Trustpilot")
        import_reviews(conn, table.encode(), options, at=datetime.now(UTC), approve=True)

    engine = await shop_with(change)
    one = await engine.run(answer("reviews"), "recensioni?", product="caterina")
    assert "per ora una sola recensione, fonte: Trustpilot, ★ 5,0 su 5" in one.text
    assert "«Non si fa nodi» (Marta, Trustpilot)" in one.text
    mixed = await engine.run(answer("reviews"), "recensioni?", product="siena")
    assert "da 11 recensioni, fonte: il nostro negozio e Trustpilot" in mixed.text
    details = await engine.run(answer("details"), "", product="caterina")
    assert "★ 5,0 (1 · Trustpilot)" in details.text
