"""The catalog page as marketers use it: Chromium, a running gateway and a real engine behind it."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from pydantic import SecretStr

import catalog
from bot.engine.process import free_port
from tests.engine_fixture import TOKEN, RunningEngine, trained_model
from tests.web.browsing import CHROMIUM, PHONE, Server, search, tab, write
from tests.web.visits import Come

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="needs Debian's package chromium (`apt-get install chromium`)"
    ),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(
    tmp_path_factory: pytest.TempPathFactory, demo_shop: Path
) -> AsyncIterator[Server]:
    """A gateway and its engine, as `dialogo up` starts them."""
    folder = tmp_path_factory.mktemp("catalog")
    data = folder / "data"
    shutil.copy(demo_shop, folder / "shop.db")
    port = free_port()
    server = Server(
        data,
        folder / "shop.db",
        engine_urls=(f"http://127.0.0.1:{port}",),
        engine_token=SecretStr(TOKEN),
        synonyms_dir=folder / "words",
    )
    engine = RunningEngine(
        folder / "engine",
        await asyncio.to_thread(trained_model),
        f"{server.url}/engine/actions",
        port=port,
        bundles=data / "bundles",
        lookups=data / "lookups.json",
    )
    await server.start()
    await asyncio.to_thread(engine.__enter__)
    yield server
    await asyncio.to_thread(engine.__exit__, None, None, None)
    await server.stop()


async def test_a_search_says_what_was_understood_and_why_each_product_came_up(come: Come) -> None:
    page = await (await come()).catalog("Anna")
    await search(page, "bosa in pelle rossa sotto i 150 euro, non per mia moglie")
    heard = page.locator(".heard")
    await expect(heard).to_contain_text("Capito in italiano")
    for chip in ("Colore rosso", "Materiale pelle", "Fino a 150 €"):
        await expect(heard.locator("li", has_text=chip)).to_have_count(1)

    await search(page, "bosa in pelle rossa sotto i 150 euro")
    first = page.locator(".hit").first
    await expect(first.locator(".reason.guessed", has_text="«bosa» letto «borsa»")).to_be_visible()
    await expect(first.locator(".reason.met", has_text="Colore: rosso")).to_be_visible()
    await expect(first.locator(".points em")).to_have_text(re.compile(r"^\d+,\d$"))
    shown = page.locator(".hits:not(.later) .hit")
    await expect(shown).to_have_count(3)
    await page.reload()  # the address says where one is
    await expect(page.locator("#ask")).to_have_value("bosa in pelle rossa sotto i 150 euro")
    await expect(page.locator(".hits:not(.later) .hit")).to_have_count(3)


async def test_it_finds_what_the_bot_shows_in_the_same_order(come: Come) -> None:
    visitor = await come()
    customer = await visitor.chat()
    await write(customer, "una cintura in pelle sotto i 60 euro")
    cards = customer.locator("deep-chat .card b")
    await expect(cards.first).to_be_visible()
    told = await cards.all_inner_texts()
    page = await visitor.catalog("Anna")
    await search(page, "una cintura in pelle sotto i 60 euro")
    names = page.locator(".hits:not(.later) .hit-top b")
    await expect(names.first).to_be_visible()
    assert told[: await names.count()] == await names.all_inner_texts()


async def test_arrows_are_there_where_further_cards_are(come: Come) -> None:
    page = await (await come()).chat()
    await page.set_viewport_size({"width": 420, "height": 800})
    await write(page, "una cintura in pelle sotto i 60 euro")
    back, on = (page.locator(f"deep-chat .arrow.{side}") for side in ("back", "on"))
    await expect(on).to_be_visible()
    await expect(back).to_be_hidden()
    await page.locator("deep-chat .cards").evaluate("list => list.scrollTo(list.scrollWidth, 0)")
    await expect(on).to_be_hidden()
    await back.click()
    await expect(on).to_be_visible()


async def test_english_and_a_refusal_are_understood(come: Come) -> None:
    page = await (await come("en-GB")).catalog("Anna")
    await search(page, "a black bag, not leather")
    await expect(page.locator(".heard")).to_contain_text("Understood in English")
    await expect(page.locator(".heard .refused")).to_contain_text("leather")
    await expect(
        page.locator(".hit").first.locator(".reason", has_text="without leather")
    ).to_be_visible()


async def test_nothing_found_says_so_and_shows_the_nearest(come: Come) -> None:
    page = await (await come()).catalog("Anna")
    await search(page, "borse con draghi")
    await expect(page.locator(".outcome-line.near")).to_contain_text(
        "lasciando perdere alcune parole"
    )
    await expect(page.locator(".hit").first.locator(".lacking")).to_contain_text("«draghi» non c'è")
    await search(page, "avete un trapano?")
    await expect(page.locator(".outcome-line.near")).to_contain_text("i più amati")


async def test_a_product_is_shown_with_all_that_is_known_of_it(server: Server, come: Come) -> None:
    anna = await come()
    page = await anna.catalog("Anna", "/catalog?product=siena")
    side = page.locator(".side")
    await expect(side.locator("h2")).to_have_text("Borsa a tracolla Siena")
    await expect(side).to_contain_text("Siena crossbody bag")
    assert await side.locator(".pictures img").count() == 4
    row = side.locator(".variants tbody tr", has_text="bordeaux")
    await expect(row).to_contain_text("139 €")
    await expect(row.locator("small").last).to_have_text(re.compile(r"adesso| fa$"))
    await expect(side.locator(".facts")).to_contain_text("24 × 18 × 8 cm")
    assert await side.locator(".small-card").count() >= 2
    await side.locator(".small-card").first.click()
    await expect(side.locator("h2")).not_to_have_text("Borsa a tracolla Siena")
    await side.locator('[data-do="close"]').click()
    await expect(side).to_be_hidden()


async def test_a_review_is_decided_about(server: Server, come: Come) -> None:
    given = {
        "product": "siena", "conversation": "c1", "author": "Marta", "rating": 5,
        "text": "Bellissima davvero", "language": "it", "verified": True,
    }  # fmt: skip
    await server.api("POST", "/catalog/reviews", json=given)
    page = await (await come()).catalog("Anna", "/catalog?tab=reviews")
    review = page.locator(".reviews.list .review", has_text="Bellissima davvero")
    await expect(review).to_contain_text("acquisto verificato")
    await expect(page.locator('.tabs [data-value="reviews"] .count')).to_have_text("1")
    await review.get_by_role("button", name="Approva").click()
    await expect(page.locator(".toast")).to_contain_text("può essere citata")
    await expect(page.get_by_text("Niente da decidere")).to_be_visible()
    await page.locator('[data-do="reviews"][data-value="approved"]').click()
    await expect(review).to_contain_text("Marta")
    approved = await server.api("GET", "/catalog/reviews?status=approved&product=siena&limit=1")
    assert approved[0]["moderated_by"] == "Anna"
    await review.get_by_role("button", name="Borsa a tracolla Siena").click()
    in_product = page.locator(".side .review", has_text="Bellissima davvero")
    await in_product.get_by_role("button", name="Rifiuta").click()
    await expect(in_product).to_contain_text("rifiutata da Anna")


async def add_the_synonym(page: Page) -> None:
    """Fill in the form that "add a synonym" has begun, first too little and then enough."""
    field = page.locator(".group-fields > input")
    await expect(field).to_have_value("zibaldone, ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".group-form .form-error")).to_contain_text("«zibaldone» è da sola")
    await field.fill("zibaldone, taccuino")
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast").first).to_contain_text("Il bot lo sa già")
    await asyncio.sleep(0.5)  # half of the second that is promised


async def test_what_a_customer_did_not_find_leads_to_a_synonym_that_finds_it(
    server: Server, come: Come
) -> None:
    visitor = await come()
    customer = await visitor.chat()
    await write(customer, "avete uno zibaldone?")
    await server.until("/catalog/misses", lambda rows: any(r["words"] == "zibaldone" for r in rows))

    page = await visitor.catalog("Anna", "/catalog?tab=missed")
    row = page.locator(".miss", has_text="zibaldone")
    await expect(row).to_contain_text("niente di simile")
    await row.get_by_role("button", name="Cerca").click()
    await expect(page.locator(".outcome-line.near")).to_be_visible()
    await tab(page, "missed")
    await row.get_by_role("button", name="Aggiungi sinonimo").click()

    await add_the_synonym(page)
    group = page.locator(".group-row", has_text="zibaldone")
    await expect(group).to_have_count(1)
    await group.get_by_role("button", name="Prova").click()
    first = page.locator(".hit").first
    await expect(first).to_contain_text("«zibaldone» è sinonimo di «taccuino»")
    await expect(page.locator(".outcome-line.exact")).to_be_visible()

    await write(customer, "avete uno zibaldone?")
    await expect(customer.locator("deep-chat .said", has_text="accuin").last).to_be_visible()
    await tab(page, "missed")
    await row.get_by_role("button", name="Fatto").click()
    await expect(row).to_have_count(0)


async def test_a_group_is_changed_and_taken_away_and_a_bad_file_is_refused(
    server: Server, come: Come
) -> None:
    page = await (await come()).catalog("Anna", "/catalog?tab=synonyms")
    row = page.locator(".group-row", has_text="bauletto")
    await row.get_by_role("button", name="Cambia").click()
    await page.locator(".group-fields > input").fill("bauletto, borsa a mano, cartellina")
    await page.get_by_role("button", name="Salva", exact=True).click()
    await expect(row).to_contain_text("cartellina")
    page.on("dialog", lambda dialog: dialog.accept())
    await row.get_by_role("button", name="Togli").click()
    await expect(row).to_have_count(0)

    await page.locator(".as-text summary").click()
    box = page.locator(".as-text textarea")
    await box.fill("tracolla = borsa a spalla\nsenza senso\n")
    await page.get_by_role("button", name="Salva il testo").click()
    await expect(page.locator(".as-text .form-error")).to_contain_text("Riga 2: «senza senso»")
    services = server.app.state.services
    assert "pochette" in await services.catalog.synonyms("it")  # nothing was saved
    shipped = catalog.synonyms_in(None) / "it.txt"
    assert "bauletto" in shipped.read_text("utf-8")  # the shop's own copy was edited


async def test_on_a_phone_nothing_is_wider_than_the_screen(come: Come) -> None:
    page = await (await come(phone=True)).catalog("Anna")
    await search(page, "borsa in pelle rossa sotto i 150 euro")
    await page.locator(".hit").first.click()
    await expect(page.locator(".side h2")).to_be_visible()
    assert await widest(page) <= PHONE["width"]
    await page.locator('.side [data-do="close"]').click()
    for name in ("missed", "import", "synonyms", "reviews"):
        await tab(page, name)
        await page.wait_for_timeout(300)
        assert await widest(page) <= PHONE["width"], name


async def widest(page: Page) -> int:
    """Return the width of what can be scrolled to the side."""
    seen: int = await page.evaluate(
        "Math.max(...['html', '.work', '.side'].map((s) => document.querySelector(s).scrollWidth))"
    )
    return seen
