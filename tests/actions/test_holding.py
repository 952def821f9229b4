"""What a thing is to hold, what is in it, and what is only a place for it, by the words alone."""

import pytest

from bot.actions.asked import Asked, Entity
from bot.actions.holding import held, made_of, without_places


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("una cosa elegante per portare al lavoro un portatile da 15 pollici",
         "portatile da 15 pollici"),
        ("mi serve una borsa da donna che porti il pc da 14", "pc da 14"),
        ("una cosa per tenere in ordine le monete", "monete"),
        ("qualcosa dove mettere le chiavi", "chiavi"),
        ("una borsa in cui ci stia una bottiglia", "bottiglia"),
        ("meglio un set, con anche qualcosa per le penne", "penne"),
        ("una borsa per un portatile da 13 pollici", "portatile da 13 pollici"),
        ("a nice thing to put old photos in", "old photos"),
        ("a wallet which holds coins", "coins"),
        ("a bag that fits a 15 inch laptop and a bottle", "15 inch laptop"),
        ("anything for my glasses?", "glasses"),
        ("my passports getting wrecked in my bag, whaddya got to keep it in?", "passports"),
        ("my reading glasses keep getting scratched, something to put them in?", "reading glasses"),
        ("i miei occhiali si graffiano, avete qualcosa per tenerli?", "occhiali"),
        ("ho sempre un sacco di monete, un portafoglio che tiene pure quelle?", "monete"),
    ],
)  # fmt: skip
def test_what_is_to_be_held_is_heard(text, thing):
    assert held(Asked(text=text)) == thing


@pytest.mark.parametrize(
    "text",
    [
        "qualcosa da mettere nella mia borsa",
        "something to take on the plane",
        "a bag to carry to work",
        "una borsa da portare a spalla",
        "un regalo da portare a una cena",
        "do you take credit cards?",
        "quanto ci mettete a portare il pacco?",
        "scarpe da mettere in ufficio",
        "non vedo l'ora di metterlo",
    ],
)
def test_where_nothing_is_to_be_held_nothing_is_heard(text):
    assert held(Asked(text=text)) is None


def test_a_person_is_nothing_to_be_held():
    text = "qualcosa per la mamma"
    mum = Entity(entity="recipient", value="mamma", start=16, end=21)
    assert held(Asked(text=text, entities=(mum,))) is None


def _kinds(text, *said):
    return tuple(
        Entity(entity="category", value=value, start=text.index(w), end=text.index(w) + len(w))
        for w, value in said
    )


@pytest.mark.parametrize(
    ("text", "said", "whole", "told"),
    [
        (
            "a gift set with a passport holder and a luggage tag",
            (("gift set", "set-regalo"), ("passport holder", "portafogli"), ("luggage tag",
             "valigeria")),
            "gift set",
            "passport holder luggage tag",
        ),
        (
            "un set con pantofole e candela",
            (("un set", "set-regalo"), ("pantofole", "calzature"), ("candela", "profumi")),
            "un set",
            "pantofole candela",
        ),
        ("meglio un set, con anche qualcosa per le penne", (("un set", "set-regalo"),), "un set",
         "penne"),
    ],
)  # fmt: skip
def test_a_thing_with_others_in_it_is_one(text, said, whole, told):
    thing, rest = made_of(Asked(text=text, entities=_kinds(text, *said)))
    assert text[thing.start : thing.end] == whole
    assert rest == told


def test_two_things_are_not_one():
    text = "a wallet and a belt"
    said = _kinds(text, ("wallet", "portafogli"), ("belt", "cinture"))
    assert made_of(Asked(text=text, entities=said)) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a case to keep in my bag", "a case to keep"),
        ("qualcosa da mettere nella mia borsa", "qualcosa da mettere"),
        ("un astuccio da tenere in borsa", "un astuccio da tenere"),
        ("un portaocchiali per i miei occhiali", "un portaocchiali per occhiali"),
        ("a bag in red", "a bag in red"),
    ],
)
def test_places_of_one_s_own_are_left_out(text, left):
    assert without_places(text) == left
