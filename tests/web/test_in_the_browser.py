"""The desk as agents use it: Debian's Chromium against a running server."""

import re

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import Connection

from bot import conversations
from bot.db import now
from tests.desk.talks import a_conversation, call, hear
from tests.web.browsing import CHROMIUM, PHONE, Server, write
from tests.web.visits import PERSON, Come

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="needs Debian's package chromium (`apt-get install chromium`)"
    ),
]
DOTS = "deep-chat .deep-chat-loading-message-bubble"  # somebody types


async def reply_in_two_lines(page: Page) -> None:
    await page.locator("#reply").fill("Buongiorno, sono Anna!")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("Le cerco subito.")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row.out.agent .bubble").last).to_contain_text("Le cerco subito.")
    await expect(page.locator("#reply")).to_have_value("")


async def close_as_won(page: Page) -> None:
    await page.get_by_role("button", name="Chiudi…").click()
    await page.locator(".outcome-card.won").click()
    await page.fill("input[name=amount]", "139,00")
    await page.fill("#close-dialog textarea", "PayPal")
    await page.get_by_role("button", name="Chiudi e rendi al bot").click()
    await expect(page.locator(".note").last).to_contain_text("Chiusa da Anna · Venduto")


async def test_a_customer_asks_for_a_person_who_answers_and_gives_the_talk_back(
    server: Server, come: Come
) -> None:
    anna = await (await come()).desk("Anna")
    await expect(anna.get_by_text("Nessuno in attesa")).to_be_visible()
    customer = await (await come()).chat()
    await write(customer, "Buongiorno, avete borse rosse?")
    await customer.locator("deep-chat .chip", has_text=PERSON).first.click()
    await expect(customer.locator(".chat-state")).to_contain_text("Ti risponde una persona")
    await write(customer, "Sono di fretta")
    await expect(customer.locator(DOTS)).to_have_count(0)

    entry = anna.locator(".entry")
    await expect(entry).to_have_count(1)
    await expect(entry).to_contain_text("Chiede una persona")
    await expect(anna).to_have_title(re.compile(r"^\(1\)"))
    await entry.click()
    await expect(anna.locator(".row.in .bubble").first).to_contain_text("avete borse rosse?")
    await expect(anna.locator("#reply")).to_have_count(0)
    await anna.locator(".talk-head").get_by_role("button", name="Prendi in carico").click()

    await reply_in_two_lines(anna)
    heard = customer.locator("deep-chat .said", has_text="Buongiorno, sono Anna!")
    await expect(heard).to_be_visible()
    await expect(heard.locator(".who")).to_have_text("Anna")
    await expect(customer.locator(".chat-state")).to_contain_text("Stai parlando con Anna")

    await write(customer, "Grazie! Le prendo.")
    await expect(anna.locator(".row.in .bubble").last).to_contain_text("Grazie! Le prendo.")

    await close_as_won(anna)
    (closed,) = await server.api("GET", "/handoffs?state=closed&agent=Anna")
    assert (closed["outcome"], closed["amount"], closed["note"]) == ("won", "139.00", "PayPal")
    talk = await server.api("GET", f"/conversations/{closed['conversation']}")
    assert talk["owner"] == "bot"
    bot_is_back = customer.locator("deep-chat .said:not(:has(.who))").last
    await expect(bot_is_back).not_to_contain_text("Anna")


async def test_of_two_agents_the_slower_one_is_told(server: Server, come: Come) -> None:
    customer = await (await come()).chat()
    await customer.locator("deep-chat .chip", has_text=PERSON).click()
    waiting = await server.until("/handoffs?state=waiting", lambda rows: len(rows) == 1)
    anna, bruno = await (await come()).desk("Anna"), await (await come("en-GB")).desk("Bruno")
    for page in (anna, bruno):
        await page.locator(".entry").first.click()
        await page.wait_for_selector('.talk-head [data-do="claim"]')
    await bruno.evaluate("window.realEmit = window.emitEvent; window.emitEvent = () => {}")
    await anna.locator('.talk-head [data-do="claim"]').click()
    await expect(anna.locator("#reply")).to_be_visible()
    # What Bruno's browser would have sent had he clicked in the same moment.
    await bruno.evaluate('realEmit("desk", {do: "claim"})')
    await expect(bruno.locator(".toast.bad")).to_contain_text("Anna was faster")
    await expect(bruno.locator(".closed-note")).to_contain_text("Anna is taking care of it")
    await server.api("POST", f"/handoffs/{waiting[0]['id']}/close", json={"outcome": "answered"})


async def test_markup_from_a_customer_stays_text_on_both_sides(server: Server, come: Come) -> None:
    evil = '<img src=x onerror="document.title=1"><b>ciao</b>'
    customer = await (await come()).chat()
    await write(customer, evil)
    await expect(customer.locator("deep-chat .user-message").last).to_have_text(evil)
    await customer.locator("deep-chat .chip", has_text=PERSON).first.click()
    anna = await (await come()).desk("Anna")
    await anna.locator(".entry").click()
    await expect(anna.locator(".row.in .bubble").first).to_have_text(evil)
    await anna.locator('.talk-head [data-do="claim"]').click()
    await anna.fill("#reply", evil)
    await anna.keyboard.press("Enter")
    await expect(customer.locator("deep-chat .said:has(.who)").last).to_contain_text(evil)
    assert await customer.title() != "1"
    (mine,) = await server.api("GET", "/handoffs?state=claimed&agent=Anna")
    await server.api("POST", f"/handoffs/{mine['id']}/close", json={"outcome": "spam"})


async def test_the_desk_fits_a_phone_and_the_keyboard(server: Server, come: Come) -> None:
    for _ in range(2):
        customer = await (await come()).chat()
        await customer.locator("deep-chat .chip", has_text=PERSON).click()
    calls = await server.until("/handoffs?state=waiting", lambda rows: len(rows) == 2)
    phone = await (await come(phone=True)).desk("Anna")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await expect(phone.locator(".talk")).to_be_hidden()
    await phone.locator(".entry").first.click()
    await expect(phone.locator(".queue")).to_be_hidden()
    assert await phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await phone.locator(".side-toggle").click()
    await expect(phone.get_by_text("Prossimo passo")).to_be_visible()
    await phone.locator(".side-head .icon").click()
    await phone.locator(".back").click()
    await expect(phone.locator(".queue")).to_be_visible()

    desk = await (await come("en-GB")).desk("Bruno")
    await expect(desk.get_by_role("tab", name="Waiting")).to_be_visible()
    await desk.keyboard.press("j")
    first = await desk.locator(".entry.open").get_attribute("data-value")
    await desk.keyboard.press("j")
    await expect(desk.locator(f'.entry.open:not([data-value="{first}"])')).to_have_count(1)
    await desk.keyboard.press("c")
    await expect(desk.locator("#reply")).to_be_visible()
    await desk.locator(".entry.open").wait_for()
    await desk.locator("body").click(position={"x": 5, "y": 400})
    await desk.keyboard.press("r")
    await desk.keyboard.type("half a sent")
    await desk.locator('[data-do="language"][data-value="it"]').click()
    await expect(desk.get_by_role("tab", name="In attesa")).to_be_visible()
    await expect(desk.locator("#reply")).to_have_value("half a sent")
    for row in calls:
        await server.api("POST", f"/handoffs/{row['id']}/close", json={"outcome": "answered"})


async def test_a_talk_is_read_far_back_taken_over_and_put_back_into_the_queue(
    server: Server, come: Come
) -> None:
    def a_long_talk(conn: Connection) -> tuple[str, str]:
        talk = a_conversation(conn, "39555", "Giulia")
        for number in range(90):
            hear(conn, talk, f"long-{number}", f"messaggio {number}")
        return talk, call(conn, talk)

    talk, handoff = await server.write(a_long_talk)
    await server.api("POST", f"/handoffs/{handoff}/claim", json={"agent": "Anna"})
    bruno = await (await come()).desk("Bruno")
    await bruno.locator('[data-do="tab"][data-value="mine"]').click()
    await expect(bruno.locator(".group")).to_have_text("Colleghi")
    await bruno.locator(".entry", has_text="Giulia").click()
    await expect(bruno.locator(".row")).to_have_count(80)
    await bruno.get_by_role("button", name="Messaggi precedenti").click()
    await expect(bruno.locator(".row")).to_have_count(90)
    await bruno.get_by_role("button", name="Subentra").click()
    await expect(bruno.locator("#reply")).to_be_visible()
    late = now() - 25 * 3_600_000
    await server.write(lambda conn: conversations.change(conn, talk, last_in_at=late))
    await bruno.fill("#reply", "troppo tardi")
    await bruno.keyboard.press("Enter")
    await expect(bruno.locator(".toast.bad")).to_contain_text("finestra")
    await expect(bruno.locator(".closed-note.warn")).to_contain_text("24 ore")
    await bruno.get_by_role("button", name="Rimetti in coda").click()
    await expect(bruno.locator(".tabs [aria-selected=true]")).to_contain_text("In attesa")
    await server.until(f"/handoffs/{handoff}", lambda row: row["state"] == "waiting")
    await server.api("POST", f"/handoffs/{handoff}/close", json={"outcome": "lost"})


async def test_whoever_logs_out_elsewhere_is_sent_to_the_login(come: Come) -> None:
    visitor = await come()
    desk = await visitor.desk("Anna")
    other = await visitor.page("/desk")
    await other.locator(".me summary").click()
    await other.get_by_role("button", name="Esci").click()
    await expect(other.locator("input[name=password]")).to_be_visible()
    await desk.locator('[data-do="tab"][data-value="closed"]').click()
    await expect(desk.locator(".toast.bad")).to_contain_text("accedi di nuovo")
    await expect(desk.locator("input[name=password]")).to_be_visible()
