"""The web chat as customers use it: Debian's Chromium against a running server."""

import pytest
from playwright.async_api import expect

from tests.web.browsing import CHROMIUM, Server, write
from tests.web.visits import PERSON, Come

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="needs Debian's package chromium (`apt-get install chromium`)"
    ),
]


async def test_what_is_written_offline_arrives_once_and_history_survives_a_reload(
    server: Server, come: Come
) -> None:
    visitor = await come()
    page = await visitor.chat()
    await write(page, "prima")
    await visitor.context.set_offline(True)
    await expect(page.locator(".banner")).to_be_visible()
    await write(page, "durante uno")
    await write(page, "durante due")
    await visitor.context.set_offline(False)
    await expect(page.locator(".banner")).to_be_hidden()

    def arrived(rows: list[dict[str, str]]) -> bool:
        return bool(rows)

    rows = await server.until("/conversations?channel=webchat&limit=1", arrived)
    path = f"/conversations/{rows[0]['id']}"

    def said(talk: dict[str, list[dict[str, str]]]) -> list[str]:
        return [m["text"] for m in talk["messages"] if m["direction"] == "in"]

    await server.until(path, lambda talk: len(said(talk)) == 3)
    assert said(await server.api("GET", path)) == ["prima", "durante uno", "durante due"]
    await page.reload()
    await page.wait_for_selector('#chat[data-state="online"]')
    mine = page.locator("deep-chat .user-message")
    await expect(mine).to_have_text(["prima", "durante uno", "durante due"])
    assert said(await server.api("GET", path)) == ["prima", "durante uno", "durante due"]


async def test_an_answer_given_while_the_connection_was_cut_is_not_lost(
    server: Server, come: Come
) -> None:
    page = await (await come()).chat()
    await page.locator("deep-chat .chip", has_text=PERSON).click()
    (call,) = await server.until("/handoffs?state=waiting", lambda rows: len(rows) == 1)
    await server.stop()
    await page.wait_for_selector('#chat[data-state="connecting"]')
    await write(page, "ci siete?")
    await server.start()
    await server.api("POST", f"/handoffs/{call['id']}/claim", json={"agent": "Carla"})
    text = {"text": "Eccomi, scusi l'attesa!"}
    await server.api("POST", f"/conversations/{call['conversation']}/messages", json=text)
    answer = page.locator("deep-chat .said", has_text="scusi l'attesa!")
    await expect(answer).to_be_visible(timeout=30_000)
    await expect(answer).to_have_count(1)
    talk = await server.until(
        f"/conversations/{call['conversation']}",
        lambda talk: any(m["text"] == "ci siete?" for m in talk["messages"]),
        30,
    )
    assert [m["text"] for m in talk["messages"]].count("ci siete?") == 1
    await server.api("POST", f"/handoffs/{call['id']}/close", json={"outcome": "answered"})


async def test_the_widget_opens_talks_and_closes_on_a_shops_page(come: Come) -> None:
    visitor = await come(phone=True)
    page = await visitor.page("/chat/embed-demo")
    launch = page.locator("#dialogo-widget .launch")
    await expect(launch).to_have_attribute("aria-expanded", "false")
    await launch.click()
    frame = page.frame_locator("#dialogo-widget iframe")
    await frame.locator('#chat[data-state="online"]').wait_for()
    box = frame.locator("deep-chat #text-input")
    await box.click()
    await page.keyboard.type("Ciao dal widget")
    await page.keyboard.press("Enter")
    await expect(frame.locator("deep-chat .user-message")).to_have_text("Ciao dal widget")
    await frame.locator('[data-do="close"]').click()
    await expect(launch).to_have_attribute("aria-expanded", "false")
    await page.reload()
    await launch.click()
    await expect(frame.locator("deep-chat .user-message")).to_have_text("Ciao dal widget")


async def test_the_chat_can_be_used_without_a_mouse_and_by_a_screen_reader(come: Come) -> None:
    page = await (await come("en-GB")).chat()
    log = page.locator("deep-chat [role=log]")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(page.locator("deep-chat [role=textbox]")).to_have_attribute(
        "aria-label", "Write a message…"
    )
    chip = page.locator("deep-chat .chip", has_text="Delivery")
    await chip.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("deep-chat .user-message")).to_have_text("Delivery")
