"""What the shop says of itself: delivery, returns, payment, care, hours, place."""

import re

from tests.actions.conftest import answer


async def test_delivery_to_a_city_has_time_cost_and_the_free_threshold(engine, english):
    engine.slots |= {"focus": "siena"}
    said = await engine.run(answer("delivery"), "a torino in quanto arriva?", city="torino")
    assert "Torino" in said.text
    assert "24-48 ore" in said.text
    assert "gratuita da 59 €" in said.text
    assert "Per questo acquisto è gratuita" in said.text
    assert "ask:buy:siena" in said.choices
    far = await english.run(answer("delivery"), "to Berlin?", city="Berlin")
    assert "3-5 days" in far.text
    assert "€14.90" in far.text


async def test_delivery_in_general_names_the_express_way(engine):
    said = await engine.run(answer("delivery"), "quanto costa la spedizione?")
    assert "5,90 €" in said.text
    assert "espressa" in said.text


async def test_returns_payment_warranty_wrapping_discount_and_place(engine, english):
    assert "30 giorni" in (await engine.run(answer("returns"), "resi?")).text
    assert "PayPal" in (await engine.run(answer("payment"), "come si paga?")).text
    yes = await engine.run(answer("payment"), "paypal va bene?")
    assert re.match("Certo, puoi pagare con PayPal|Sì, con PayPal", yes.text)
    assert "24 mesi" in (await engine.run(answer("warranty"), "garanzia?")).text
    assert "gratuita" in (await engine.run(answer("gift_wrap"), "fate pacchetti?")).text
    assert "10%" in (await engine.run(answer("discount"), "sconti?")).text
    assert "Firenze" in (await engine.run(answer("location"), "dove siete?")).text
    assert "30 days" in (await english.run(answer("returns"), "returns?")).text
    assert "24-month" in (await english.run(answer("warranty"), "warranty?")).text


async def test_what_is_refused_is_not_the_way_that_is_asked_for(engine, english):
    text = "posso pagare al corriere? la carta su internet non mi piace"
    assert "contrassegno" in (await engine.run(answer("payment"), text)).text
    text = "can I pay cash? I don't have a credit or debit card"
    assert "cash on delivery" in (await english.run(answer("payment"), text)).text
    text = "non uso paypal"
    assert "PayPal" in (await engine.run(answer("payment"), text)).text


async def test_care_follows_the_product_in_view_else_the_material(engine):
    engine.slots["focus"] = "siena"
    assert "Siena" in (await engine.run(answer("care"), "come si pulisce?")).text
    engine.slots["focus"] = None
    said = await engine.run(answer("care"), "come si lava la seta?", material="seta")
    assert said.text.startswith("Per seta")
    assert "panno" in (await engine.run(answer("care"), "come si pulisce?")).text


async def test_the_hours_of_the_week_are_listed_in_runs(engine, english):
    said = await engine.run(answer("hours"), "siete aperti?")
    assert "martedì–venerdì: 10:00–13:00 e 15:30–19:30" in said.text
    assert "domenica: chiuso" in said.text
    assert re.match("Siamo aperti adesso|Adesso siamo chiusi", said.text)
    assert "Sunday: closed" in (await english.run(answer("hours"), "open?")).text


async def test_the_overview_leads_into_a_category(engine):
    said = await engine.run(answer("catalog"), "cosa avete?")
    assert "ask:browse_catalog:category:borse" in said.choices
    assert "Borse (12)" in said.text
    picked = await engine.run(answer("catalog"), "", {"product": "category:borse"})
    assert picked.slots["filters"]["category"] == "borse"
    named = await engine.run(answer("catalog"), "che cinture avete?", category="cinture")
    assert "Cintura" in named.text
