"""What a transcript shows for each kind of event."""

from typing import Any

import pytest

from channels import kit

BASE: dict[str, Any] = {"event_id": "1", "account": "a", "sender": kit.Person(ids={"wa_id": "39"})}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (kit.TextSaid(text="Ciao", **BASE), "Ciao"),
        (kit.ChoiceTapped(choice_id="x", title="Sì", source="button", **BASE), "Sì"),
        (kit.ChoiceTapped(choice_id="x", source="button", **BASE), "x"),
        (kit.MediaSent(media="image", caption="guarda", **BASE), "[image] guarda"),
        (kit.MediaSent(media="voice", **BASE), "[voice]"),
        (kit.LocationShared(latitude=1, longitude=2, name="Duomo", **BASE), "[location] Duomo"),
        (kit.LocationShared(latitude=1, longitude=2, **BASE), "[location] 1.00000, 2.00000"),
        (
            kit.ContactsShared(contacts=(kit.ContactCard(name="Marta"),), **BASE),
            "[contact] Marta",
        ),
        (
            kit.OrderPlaced(items=(kit.OrderItem(product_id="siena", quantity=2),), **BASE),
            "[order] 2 x siena",
        ),
        (kit.Reacted(target="1", emoji="❤", **BASE), "[reaction] ❤"),
        (kit.Reacted(target="1", **BASE), "[reaction] -"),
        (kit.MessageEdited(target="1", text="Salve", **BASE), "[edit] Salve"),
        (kit.MessageDeleted(target="1", **BASE), "[delete]"),
        (kit.UnsupportedSent(what="poll", **BASE), "[unsupported] poll"),
        (kit.ReferralOpened(**BASE), "[referral]"),
    ],
)
def test_an_event_says_its_words(event: kit.CustomerEvent, words: str) -> None:
    assert event.words() == words
