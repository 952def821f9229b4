"""The degrade ladder on the channels that exist."""

from dataclasses import replace

from bot.rendering import Audience, OpenChoice, page, present, resolve
from channels.kit import Capabilities, Card, Cards, Choice, Media, Outbound, Text
from tests.rendering.ladder import BUNDLE, MESSENGER, PLAIN, WHATSAPP, cards


def show(messages: list[Outbound], capabilities: Capabilities) -> tuple[list, list[OpenChoice]]:
    rendered = present(messages, BUNDLE, Audience("it", capabilities))
    return rendered.messages, rendered.open_choices


def choices(*titles: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"ask:{n}", title=title) for n, title in enumerate(titles, start=1))


def question(*titles: str, text: str = "Quale preferisci?") -> Text:
    return Text(text=text, choices=choices(*titles))


def test_three_short_choices_are_reply_buttons_on_whatsapp():
    messages, _ = show([question("Aurora", "Siena", "Luna")], WHATSAPP)
    assert [m.layout for m in messages] == ["buttons"]
    assert [c.title for c in messages[0].choices] == ["Aurora", "Siena", "Luna"]


def test_four_choices_are_a_list_with_a_button_that_opens_it():
    messages, _ = show([question("a", "b", "c", "d")], WHATSAPP)
    assert messages[0].layout == "list"
    assert messages[0].list_label == "Scegli"


def test_a_long_title_becomes_a_list_row_that_shows_it_in_full_below():
    title = "Fammi vedere anche gli altri colori"
    messages, _ = show([question(title, "Basta così")], WHATSAPP)
    row = messages[0].choices[0]
    assert messages[0].layout == "list"
    assert len(row.title) <= 24
    assert row.description == title


def test_titles_that_begin_alike_stay_different_when_they_are_shortened():
    messages, _ = show(
        [question("Borsa Siena in pelle di vitello rossa", "Borsa Siena in pelle di vitello nera")],
        WHATSAPP,
    )
    titles = [c.title for c in messages[0].choices]
    assert len(set(titles)) == 2
    assert titles[0].endswith("rossa")
    assert titles[1].endswith("nera")


def test_more_choices_than_a_list_has_rows_are_leafed_through_and_none_is_lost():
    many = [f"Prodotto {n}" for n in range(1, 25)]
    messages, open_choices = show([question(*many)], WHATSAPP)
    assert [len(m.choices) for m in messages] == [10]
    assert messages[0].choices[-1] == Choice(id="page:2", title="Altro…")
    assert [c.title for c in open_choices] == many
    second = page(open_choices, 2, BUNDLE, Audience("it", WHATSAPP))
    assert second.messages[0].choices[0].id == "ask:10"
    assert second.messages[0].text == "Ecco le altre:"
    assert resolve("la seconda", second.open_choices).id == "ask:11"
    third = page(second.open_choices, 3, BUNDLE, Audience("it", WHATSAPP))
    assert [c.id for c in third.messages[0].choices] == [f"ask:{n}" for n in range(19, 25)]
    assert {c.id for c in third.open_choices} == {c.id for c in open_choices}


def test_messenger_takes_quick_replies_from_four_choices_on():
    messages, _ = show([question("a", "b", "c", "d")], MESSENGER)
    assert messages[0].layout == "quick_replies"


def test_quick_replies_are_not_used_where_a_later_message_would_wipe_them_away():
    messages, _ = show(
        [question("a", "b", "c", "d"), Media(media="image", url="https://x/y.png")], MESSENGER
    )
    assert messages[0].layout == "none"
    assert "4. d" in messages[0].text


def test_a_channel_without_anything_to_tap_gets_numbered_text():
    messages, open_choices = show([question("Rossa", "Nera")], PLAIN)
    assert messages[0].text == "Quale preferisci?\n\n1. Rossa\n2. Nera\n\nBasta il numero."
    assert resolve("2", open_choices).id == "ask:2"


def test_a_body_too_long_for_buttons_is_said_first():
    text = "Una frase di prova abbastanza lunga. " * 40 + "Quale preferisci?"
    messages, _ = show([question("Rossa", "Nera", text=text)], WHATSAPP)
    assert [m.layout for m in messages] == ["none", "buttons"]
    assert messages[1].text.endswith("Quale preferisci?")
    assert " ".join(m.text for m in messages) == text


def test_an_id_longer_than_the_platform_takes_is_never_cut():
    long = Text(text="?", choices=(Choice(id="x" * 300, title="Questa"),))
    messages, open_choices = show([long], WHATSAPP)
    assert messages[0].layout == "none"
    assert resolve("questa", open_choices).id == "x" * 300


def test_a_repeated_id_is_shown_once():
    twice = Text(text="?", choices=(Choice(id="a", title="Uno"), Choice(id="a", title="Due")))
    messages, _ = show([twice], WHATSAPP)
    assert len(messages[0].choices) == 1


def test_whatsapp_gets_one_message_for_each_card_and_messenger_one_for_all():
    assert len(show([cards(3, "Dettagli")], WHATSAPP)[0]) == 3
    messages, _ = show([cards(3, "Dettagli")], MESSENGER)
    assert [len(m.cards) for m in messages] == [3]


def test_the_second_card_is_meant_by_its_number_and_by_its_name():
    shown = [cards(3, "Dettagli", "La prendo"), question("Confronta", "Altre")]
    _, open_choices = show(shown, WHATSAPP)
    assert resolve("la seconda", open_choices).id == "ask:Dettagli:p2"
    assert resolve("borsa 2", open_choices).id == "ask:Dettagli:p2"
    assert resolve("confronta", open_choices).id == "ask:1"
    assert resolve("la prendo", open_choices) is None


def test_cards_become_numbered_text_where_there_are_no_cards():
    messages, open_choices = show([cards(2, "Dettagli", "La prendo")], PLAIN)
    assert messages[0].kind == "text"
    assert "Borsa 2\n129 €" in messages[0].text
    assert resolve("2", open_choices).id == "ask:Dettagli:p2"
    assert {c.id for c in open_choices} == {
        "ask:Dettagli:p1",
        "ask:Dettagli:p2",
        "ask:La prendo:p1",
        "ask:La prendo:p2",
    }


def test_choices_that_find_no_place_on_a_card_are_offered_below():
    narrow = replace(MESSENGER, card_buttons=1)
    messages, open_choices = show([cards(2, "Dettagli", "La prendo")], narrow)
    assert [m.kind for m in messages] == ["cards", "text"]
    assert len(open_choices) == 4


def test_half_a_quotation_is_dropped_rather_than_cut():
    card = Card(id="p", title="Siena", subtitle="139 €\n«Pelle morbidissima e ben cucita, "
                "la uso ogni giorno da un anno intero» (Marta)")  # fmt: skip
    messages, _ = show([Cards(cards=(card,))], MESSENGER)
    assert messages[0].cards[0].subtitle == "139 €"


def test_a_picture_the_channel_cannot_show_becomes_its_address():
    messages, _ = show([Media(media="image", url="https://x/y.png", caption="Ecco")], PLAIN)
    assert messages == [Text(text="Ecco\nhttps://x/y.png")]
