"""Importing on the catalog page, as marketers do it: Chromium against a running gateway."""

import json
import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.web.browsing import CHROMIUM, Server, search, tab
from tests.web.visits import Come

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="needs Debian's package chromium (`apt-get install chromium`)"
    ),
]

FILE = """id;nome;prezzo;giacenza;categoria
lume-pioggia;Ombrello Pioggerella;49,00 €;12;accessori
sbaglio;Trapano;gratis;3;
lume-faro;Lanterna Faro;29,90;tante;
buona;Borraccia Sorso;19,90;4;accessori
"""


async def test_a_file_is_looked_at_then_imported_with_its_mistakes_named(
    server: Server, come: Come, tmp_path: Path
) -> None:
    path = tmp_path / "prodotti.csv"
    path.write_text(FILE, encoding="cp1252")
    page = await (await come()).catalog("Anna", "/catalog?tab=import")
    await page.set_input_files("input[type=file]", path)
    report = page.locator(".report")
    await expect(report.locator("h3")).to_have_text("Ecco che cosa succederebbe")
    await expect(report).to_contain_text("Tabella CSV")
    await expect(report.locator(".counts li").first).to_have_text("2 nuovi")
    rows = report.locator(".problems tbody tr")
    assert [(await row.locator("td").all_inner_texts())[:2] for row in await rows.all()] == [
        ["3", "prezzo"],
        ["4", "giacenza"],
    ]
    await expect(rows.first).to_contain_text("«gratis» non è un prezzo")
    assert await server.api("GET", "/catalog/imports") == []  # only looked at
    await report.get_by_role("button", name="Importa adesso").click()
    await expect(report.locator("h3")).to_have_text("Importazione finita")
    await expect(rows).to_have_count(2)
    done = page.locator(".imports li", has_text="prodotti.csv")
    await expect(done).to_contain_text("finita")
    await expect(done).to_contain_text("2 errori")
    await tab(page, "search")
    await search(page, "borraccia sorso")
    await expect(page.locator(".hit").first).to_contain_text("Borraccia Sorso")


async def test_a_large_import_shows_how_far_it_is(come: Come, tmp_path: Path) -> None:
    path = tmp_path / "molti.jsonl"
    with path.open("w") as file:
        for n in range(20_000):
            product = {"id": f"m{n}", "name": f"Bullone {n}", "price": "1.00", "category": "b"}
            file.write(json.dumps(product) + "\n")
    page = await (await come()).catalog("Anna", "/catalog?tab=import")
    await page.evaluate(
        """() => { window.seen = new Set(); new MutationObserver(() => {
        const bar = document.querySelector('.report.running progress');
        if (bar) window.seen.add(Number(bar.value)); }).observe(document.body,
        {childList: true, subtree: true, attributes: true}); }"""
    )
    await page.set_input_files("input[type=file]", path)
    button = page.get_by_role("button", name="Importa adesso")
    await button.click(timeout=60_000)
    await expect(page.locator(".report h3")).to_have_text("Importazione finita", timeout=60_000)
    steps = await page.evaluate("[...window.seen]")
    assert [step for step in steps if 0 < step < 100], steps


async def test_a_file_that_cannot_be_read_says_why(come: Come, tmp_path: Path) -> None:
    path = tmp_path / "foglio.csv"
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    page = await (await come()).catalog("Anna", "/catalog?tab=import")
    await page.set_input_files("input[type=file]", path)
    report = page.locator(".report.failed")
    await expect(report).to_contain_text("salva il foglio come CSV")
    await report.get_by_role("button", name="Chiudi").click()
    await expect(page.locator(".report")).to_have_count(0)


async def test_a_source_is_added_read_now_and_taken_away(come: Come, tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_text("id,name,price,stock\nfonte,Fontanella,9.90,1\n")
    os.utime(tmp_path / "feed.csv", (1_700_000_000, 1_700_000_000))
    page = await (await come()).catalog("Anna", "/catalog?tab=import")
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_text("Aggiungi una fonte").click()
    form = page.locator(".source-form")
    await form.locator("[name=name]").fill("cartella")
    await form.locator("[name=kind]").select_option("folder")
    await form.locator("[name=address]").fill("senza barra")
    await form.locator("[name=every]").select_option("86400")
    await form.get_by_role("button", name="Aggiungi").click()
    await expect(form.locator(".form-error")).to_contain_text("percorso intero della cartella")
    await form.locator("[name=address]").fill(str(tmp_path))
    await form.get_by_role("button", name="Aggiungi").click()
    row = page.locator('[data-source="cartella"]')
    await expect(row).to_contain_text("finita", timeout=15_000)
    await expect(row).to_contain_text("tra 23 h")
    await row.get_by_role("button", name="Leggi ora").click()
    await expect(row).to_contain_text("nulla di nuovo")
    (tmp_path / "feed.csv").unlink()
    await row.get_by_role("button", name="Leggi ora").click()
    await expect(page.locator(".toast.bad")).to_contain_text("non ci sono file")
    await expect(row.locator(".tag.nothing")).to_contain_text("fallimenti di fila: 1")
    await row.get_by_role("button", name="Togli").click()
    await expect(row).to_have_count(0)
