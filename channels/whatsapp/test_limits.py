"""What the stand-in of WhatsApp refuses, one limit after the other."""

from typing import Any

import pytest

from channels.whatsapp.limits import RefusedError, check

MEDIA = {"known"}


def button(**change: Any) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": "a", "title": "Sì", **change}}


def buttons(*given: Any, **change: Any) -> dict[str, Any]:
    part = {"type": "button", "body": {"text": "?"}, "action": {"buttons": list(given)}}
    return {"type": "interactive", "interactive": {**part, **change}}


def rows(count: int, **change: Any) -> list[dict[str, Any]]:
    return [{"id": str(n), "title": f"Riga {n}", **change} for n in range(count)]


def listed(*sections: Any, label: str = "Apri") -> dict[str, Any]:
    action = {"button": label, "sections": list(sections)}
    part = {"type": "list", "body": {"text": "?"}, "action": action}
    return {"type": "interactive", "interactive": part}


def swiped(place: int, *labels: str, **change: Any) -> dict[str, Any]:
    replies = [{"id": label, "title": label} for label in labels or ("Sì",)]
    buttons = [{"type": "quick_reply", "quick_reply": reply} for reply in replies]
    picture = {"type": "image", "image": {"link": "https://x.example/1.jpg"}}
    card = {"card_index": place, "type": "cta_url", "header": picture, "body": {"text": "Siena"}}
    return {**card, "action": {"buttons": buttons}, **change}


def carousel(*cards: dict[str, Any], **change: Any) -> dict[str, Any]:
    part = {"type": "carousel", "body": {"text": "Ecco:"}, "action": {"cards": list(cards)}}
    return {"type": "interactive", "interactive": {**part, **change}}


REFUSED: list[tuple[int, dict[str, Any]]] = [
    (100, {"messaging_product": "sms", "type": "text", "text": {"body": "x"}}),
    (131008, {"to": None, "type": "text", "text": {"body": "x"}}),
    (131009, {"to": "Giulia", "type": "text", "text": {"body": "x"}}),
    (131009, {"to": None, "recipient": "Giulia", "type": "text", "text": {"body": "x"}}),
    (131009, {"type": "hologram"}),
    (131008, {"type": "text"}),
    (131008, {"type": "text", "text": {}}),
    (131009, {"type": "text", "text": {"body": ""}}),
    (131009, {"type": "text", "text": {"body": "x" * 4097}}),
    (131009, {"type": "text", "text": {"body": "x"}, "biz_opaque_callback_data": "k" * 513}),
    (131009, {"type": "interactive", "interactive": {"type": "flow"}}),
    (131009, buttons(button(title="Fammi vedere altri colori"[:21]))),
    (131009, buttons(button(title=""))),
    (131009, buttons(button(id="x" * 257))),
    (131009, buttons(button(), button())),
    (131009, buttons(button(), button(id="b"))),
    (131009, buttons(*[button(id=str(n), title=str(n)) for n in range(4)])),
    (131009, buttons()),
    (131008, buttons("?")),
    (131009, buttons(button(), body={"text": "x" * 1025})),
    (131009, buttons(button(), footer={"text": "x" * 61})),
    (131009, buttons(button(), header={"type": "sticker"})),
    (131009, buttons(button(), header={"type": "text", "text": "x" * 61})),
    (131008, buttons(button(), header={"type": "image", "image": {}})),
    (131009, listed({"rows": rows(11)})),
    (131009, listed({"title": "a", "rows": rows(6)}, {"title": "b", "rows": rows(5)})),
    (131008, listed({"rows": rows(1)}, {"title": "b", "rows": rows(1)})),
    (131009, listed({"rows": rows(2, id="a")})),
    (131009, listed({"rows": rows(1, title="x" * 25)})),
    (131009, listed({"rows": rows(1, id="x" * 201)})),
    (131009, listed({"rows": rows(1, description="x" * 73)})),
    (131009, listed({"rows": rows(1)}, label="x" * 21)),
    (131009, carousel(swiped(0))),
    (131009, carousel(*[swiped(n) for n in range(11)])),
    (131009, carousel(swiped(0), swiped(0))),
    (131009, carousel(swiped(0), swiped(1), footer={"text": "x"})),
    (131008, carousel(swiped(0), swiped(1), body={})),
    (131009, carousel(swiped(0), swiped(1, "Sì", "No"))),
    (131009, carousel(swiped(0), swiped(1, "a", "b", "c"))),
    (131009, carousel(swiped(0), swiped(1, "x" * 21))),
    (131009, carousel(swiped(0), swiped(1, type="image"))),
    (131009, carousel(swiped(0), swiped(1, body={"text": "x" * 161}))),
    (131009, carousel(swiped(0), swiped(1, body={"text": "a\nb\nc\nd"}))),
    (131008, carousel(swiped(0), swiped(1, header=None))),
    (131009, carousel(swiped(0), swiped(1, header={"type": "text", "text": "x"}))),
    (131008, {"type": "image", "image": {}}),
    (131009, {"type": "image", "image": {"link": "ftp://x"}}),
    (131009, {"type": "image", "image": {"id": "never uploaded"}}),
    (131009, {"type": "image", "image": {"link": "https://x.example", "caption": "x" * 1025}}),
    (131009, {"type": "audio", "audio": {"link": "https://x.example/a", "caption": "x"}}),
    (131009, {"type": "location", "location": {"latitude": 91, "longitude": 0}}),
    (132001, {"type": "template", "template": {"name": "No!", "language": {"code": "it"}}}),
]


def message(body: dict[str, Any]) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": "+393331234567", **body}


@pytest.mark.parametrize(("code", "body"), REFUSED)
def test_what_meta_refuses_is_refused(code: int, body: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as refused:
        check(message(body), MEDIA)
    assert refused.value.code == code
    assert refused.value.details


@pytest.mark.parametrize(
    "body",
    [
        buttons(button(title="x" * 20), header={"type": "text", "text": "h"}, footer={"text": "f"}),
        listed({"title": "a", "rows": rows(5)}, {"title": "b", "rows": rows(1, id="z")}),
        carousel(*[swiped(n, "x" * 20, "y" * 20, body={"text": "a\nb\nc"}) for n in range(10)]),
        {"type": "image", "image": {"id": "known"}},
        {"type": "text", "text": {"body": "x" * 4096}},
    ],
)
def test_what_is_just_allowed_is_taken(body: dict[str, Any]) -> None:
    check(message(body), MEDIA)
