"""How messages, queue and brief look, without a browser."""

from typing import Any

import pytest

from bot import desk
from bot.conversations import Conversation, Message
from bot.db import now
from bot.desk import Entry
from bot.web.documents import render
from bot.web.office.bubbles import Bubble, bubble, safe_url
from bot.web.office.clock import Locale
from bot.web.office.evidence import evidence_line
from bot.web.office.queue import Looking, customer_name, face, queue_view
from bot.web.office.side import brief_view
from bot.web.office.talk import heading, pieces
from tests.web.locales import EN, IT

HOUR = 3_600_000


def message(id_: int = 1, **further: Any) -> Message:
    values: dict[str, Any] = {
        "id": id_,
        "direction": "in",
        "author": "customer",
        "agent": None,
        "kind": "text",
        "text": "ciao",
        "body": {"kind": "text", "text": "ciao"},
        "status": "handled",
        "error": None,
        "flags": None,
        "created_at": now(),
        **further,
    }
    return Message(**values)


def answer(**further: Any) -> Message:
    values = {"direction": "out", "author": "bot", "status": "sent", **further}
    return message(**values)


def entry(last: Message | None = None, **further: Any) -> Entry:
    conversation = Conversation(
        id="c1",
        channel=further.pop("channel", "whatsapp"),
        account="100",
        recipient=further.pop("recipient", {"wa_id": "393331234567"}),
        name=further.pop("name", "Giulia"),
        language="it",
        owner=further.pop("owner", "queued"),
        attribution=further.pop("attribution", None),
        last_in_at=further.pop("last_in_at", now()),
    )
    values: dict[str, Any] = {
        "id": "h1",
        "conversation_id": "c1",
        "state": "waiting",
        "reason": "purchase_intent",
        "evidence": [],
        "brief": {},
        "created_at": now(),
        **further,
    }
    return Entry(desk.Handoff(**values), conversation, last)


def shown(row: Message, locale: Locale = IT, before: Message | None = None) -> Bubble:
    return bubble(row, before, locale, me="Anna")


def html(row: Message) -> str:
    return render("desk/message.html", m=shown(row), day="", note="", w=IT.words)


def test_what_a_customer_writes_is_never_markup() -> None:
    evil = "<img src=x onerror=alert(1)>"
    page = html(message(text=evil, body={"kind": "text", "text": evil}))
    assert "<img" not in page
    assert "&lt;img" in page


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/x", "ftp://x", None, 3]
)
def test_addresses_that_run_something_are_not_shown(url: Any) -> None:
    assert safe_url(url) is None
    body = {"kind": "media", "media": "image", "url": url, "caption": "foto"}
    assert shown(message(kind="media", body=body)).image is None


def test_cards_show_pictures_and_choices_show_as_chips() -> None:
    card = {"id": "a", "title": "Aurora", "subtitle": "129 €", "image_url": "/media/a.png"}
    cards = shown(answer(kind="cards", text="[card]", body={"kind": "cards", "cards": [card]}))
    assert cards.cards == [{"title": "Aurora", "subtitle": "129 €", "image": "/media/a.png"}]
    assert cards.text == ""
    body = {"kind": "text", "text": "Quale?", "choices": [{"id": "x", "title": "La prendo"}]}
    asked = shown(answer(text="Quale? [La prendo]", body=body))
    assert (asked.text, asked.choices) == ("Quale?", ["La prendo"])


@pytest.mark.parametrize(
    ("body", "label", "text"),
    [
        ({"kind": "choice", "choice_id": "x", "title": "Resi"}, "", "Resi"),
        ({"kind": "media", "media": "voice", "caption": ""}, "Messaggio vocale", ""),
        ({"kind": "unsupported", "what": "poll"}, "Contenuto non leggibile qui", "poll"),
        ({"kind": "reaction", "emoji": "❤"}, "Reazione", "❤"),
        (
            {"kind": "contact", "contacts": [{"name": "Marta", "phones": ["+39 333"]}]},
            "Contatto",
            "",
        ),
    ],
)
def test_every_kind_of_event_is_readable(body: dict[str, Any], label: str, text: str) -> None:
    look = shown(message(kind=body["kind"], text="[x]", body=body))
    assert (look.label, look.text) == (label, text)


def test_an_order_lists_its_lines() -> None:
    items = [{"product_id": "siena", "quantity": 2, "price": "139.00", "currency": "EUR"}]
    look = shown(message(kind="order", body={"kind": "order", "items": items, "text": "ok?"}))
    assert look.lines == ["2 × siena · 139\xa0€"]
    assert look.text == "ok?"


def test_a_place_links_to_a_map() -> None:
    look = shown(
        message(kind="location", body={"kind": "location", "latitude": 45.07, "longitude": 7.68})
    )
    assert look.link is not None
    assert look.link.startswith("https://www.openstreetmap.org/?mlat=45.07")
    assert look.link_title == "45.07, 7.68"


def test_ticks_follow_the_status_and_a_failure_says_why() -> None:
    assert shown(answer(status="delivered")).tick == "✓✓"
    failed = shown(answer(status="failed", error="131026: not on WhatsApp"))
    assert failed.lost
    assert failed.trouble == "Non consegnato: 131026: not on WhatsApp"
    assert "persona" in shown(answer(status="dropped")).trouble


def test_neighbours_of_one_speaker_are_joined_unless_time_passed() -> None:
    at = now()
    first = message(1, created_at=at)
    assert shown(message(2, created_at=at + 1000), before=first).joined
    assert not shown(message(2, created_at=at + 200_000), before=first).joined
    assert not shown(answer(id_=2, created_at=at + 1000), before=first).joined


def test_the_transcript_has_days_and_the_moments_of_the_handoff() -> None:
    at = now() - 2000
    call = entry(created_at=at + 1000, state="claimed", agent="Anna", claimed_at=at + 1500)
    log = [message(1, created_at=at), answer(id_=2, created_at=at + 1200)]
    order = [
        (p.day, p.note, p.message and p.message.id) for p in pieces(log, call, IT, agent="Anna")
    ]
    assert [bool(day) for day, _, _ in order] == [True, False, False, False, False]
    assert order[0][0] == "Oggi"
    assert order[1][2] == 1
    assert order[2][1].startswith("Passata a una persona · Vuole comprare")
    assert order[3][2] == 2
    assert order[4][1].startswith("Presa in carico da Anna")


def test_the_heading_offers_what_is_possible() -> None:
    waiting = heading(entry(), IT, agent="Anna", window_hours=24)
    assert (waiting["may_claim"], waiting["may_write"], waiting["may_close"]) == (True, False, True)
    mine = entry(state="claimed", agent="Anna", owner="human")
    own = heading(mine, IT, agent="Anna", window_hours=24)
    assert (own["may_claim"], own["may_write"], own["may_release"]) == (False, True, True)
    theirs = heading(mine, IT, agent="Bruno", window_hours=24)
    assert (theirs["may_take_over"], theirs["may_write"], theirs["may_close"]) == (
        True,
        False,
        False,
    )
    assert "Anna" in theirs["why_not"]


def test_the_window_warns_and_then_closes() -> None:
    # Half a minute more, so that the test may take its time.
    wrote = now() - 22 * HOUR + 30_000
    soon = entry(state="claimed", agent="Anna", owner="human", last_in_at=wrote)
    assert "2 h 00 min" in heading(soon, IT, agent="Anna", window_hours=24)["window_soon"]
    over = entry(state="claimed", agent="Anna", owner="human", last_in_at=now() - 25 * HOUR)
    late = heading(over, EN, agent="Anna", window_hours=24)
    assert not late["may_write"]
    assert "24 hours" in late["why_not"]
    assert heading(over, EN, agent="Anna", window_hours=None)["may_write"]


def test_the_queue_is_oldest_first_and_counts() -> None:
    at = now()
    calls = [entry(id="new", created_at=at), entry(id="old", created_at=at - 60_000)]
    mine = entry(id="mine", state="claimed", agent="Anna", last=message(7))
    other = entry(id="other", state="claimed", agent="Bruno")
    looking = Looking("Anna", "waiting", None, {})
    view = queue_view([*calls, mine, other], [], looking, IT)
    ((_, lines),) = view["groups"]
    assert [line["id"] for line in lines] == ["old", "new"]
    assert view["tabs"] == [
        ("waiting", "In attesa", 2),
        ("mine", "Miei", 1),
        ("closed", "Chiusi", None),
    ]
    view = queue_view([*calls, mine, other], [], Looking("Anna", "mine", None, {}), IT)
    assert [(title, [line["id"] for line in lines]) for title, lines in view["groups"]] == [
        ("In carico a te", ["mine"]),
        ("Colleghi", ["other"]),
    ]
    assert view["groups"][0][1][0]["unread"]
    seen = queue_view([mine], [], Looking("Anna", "mine", None, {"c1": 7}), IT)
    assert not seen["groups"][0][1][0]["unread"]


def test_a_customer_without_a_name_is_shown_by_number_or_as_a_visitor() -> None:
    assert customer_name(entry(name=None), IT) == "+393331234567"
    web = entry(name=None, channel="webchat", recipient={"session": "abc"})
    assert customer_name(web, IT) == "Visitatore"
    assert face("🌸 …")[0] == "?"


def test_the_brief_shows_window_source_order_and_evidence_in_the_agents_words() -> None:
    brief = desk.Brief(
        customer=desk.Customer(channel="whatsapp"),
        wants={"max_price": "150", "colour": "rosso"},
        order=(
            desk.OrderLine(
                product="a", names={"it": "Aurora"}, quantity=2, price="129.50", currency="EUR"
            ),
        ),
        products=(
            desk.BriefProduct(id="a", names={"it": "Aurora"}, price="129", currency="EUR", stock=1),
            desk.BriefProduct(id="b", names={"it": "Siena"}),
        ),
        asked=(desk.Asked(topic="delivery"), desk.Asked(topic="delivery", product="a")),
        previous={"outcome": "won", "amount": "99.00", "currency": "EUR", "agent": "Anna"},
        next_step={"it": "Conferma", "en": "Confirm"},
    )
    call = entry(
        attribution={"source": "ad", "headline": "Natale"},
        last_in_at=now() - HOUR // 2 + 5000,
        evidence=["said «la prendo»", "intent buy 0.97", "qualcosa di nuovo"],
        contact="+39333",
    )
    view = brief_view(brief, call, IT, window_hours=24)
    facts = {title: value for title, value, _ in view["facts"]}
    assert facts["Arriva da"] == "Natale · ad"
    assert facts["Finestra"] == "ancora 23 h 30 min"
    assert facts["Ha lasciato"] == "+39333"
    assert view["order_total"] == "259\xa0€"
    assert [p["stock"] for p in view["products"]] == ["ultimo pezzo", "giacenza da verificare"]
    assert view["products"][1]["price"] == "prezzo da verificare"
    assert view["asked"] == ["Consegna"]
    assert view["wants"] == [("Fino a", "150\xa0€"), ("Colore", "rosso")]
    assert view["evidence"] == [
        "Ha scritto «la prendo»",
        "Intento: vuole comprare (97 %)",
        "qualcosa di nuovo",
    ]
    assert view["previous"] == "Venduto · 99\xa0€ · Anna"


def test_a_total_is_not_made_up() -> None:
    lines = (
        desk.OrderLine(product="a", price="10", currency="EUR"),
        desk.OrderLine(product="b", price=None),
    )
    brief = desk.Brief(customer=desk.Customer(channel="whatsapp"), order=lines)
    assert brief_view(brief, entry(), IT, window_hours=24)["order_total"] == ""


def test_evidence_has_english_words_too() -> None:
    assert evidence_line("tapped «Parla»", "en") == "Tapped “Parla”"
    assert (
        evidence_line("asked before: delivery, returns", "en") == "Asked before: delivery, returns"
    )
    assert evidence_line("asked before: delivery", "it") == "Ha chiesto prima: consegna"
