"""Engine replies become what a customer reads, in their language."""

from decimal import Decimal

import pytest

from bot.rendering import Audience, read_replies, render, transcript_text
from bot.rendering.texts import Texts
from bot.rendering.values import money, written
from channels.kit import Capabilities, Cards, Choice, Location, Media, Template, Text

WEB = Capabilities(
    max_text=4000, buttons=10, button_label=60, buttons_text=4000, cards=10, card_title=200,
    card_subtitle=800, card_buttons=5,
)  # fmt: skip
BUNDLE = {
    "languages": ["it", "en"],
    "texts": {
        "regalo.1": {"it": ["Che bello, un regalo!"], "en": ["A gift, lovely!"]},
        "regalo.budget": {"it": ["Quanto vorresti spendere?"], "en": ["How much?"]},
        "text.hello": {"it": ["Ciao {name}!", "Ehi!", "Salve!"], "en": ["Hi {name}!", "Hello!"]},
        "text.only": {"it": ["Solo italiano"]},
        "text.price": {"it": ["Costa {price}."], "en": ["It costs {price}."]},
        "text.not_understood": {"it": ["Non ho capito."], "en": ["Sorry?"]},
        "text.intro": {"it": ["Ecco:"], "en": ["Here:"]},
        "text.help_choose": {"it": ["Ti aiuto?"], "en": ["Shall I help?"]},
        "text.details": {"it": ["Dettagli"], "en": ["Details"]},
        "text.handoff": {"it": ["Ti passo una persona."], "en": ["A person will answer."]},
        "text.handoff_purchase": {
            "it": ["Chiudi con una persona.", "Chiudi con una persona in {wait}."],
            "en": ["A person will close it."],
        },
        "text.card_price_unknown": {"it": ["prezzo da confermare"]},
        "text.card_price_range": {"it": ["da {low} a {high}"]},
        "text.card_few_left": {"it": ["ultimi {count} pezzi"]},
        "text.card_in_stock": {"it": ["disponibile"]},
        "text.card_last_one": {"it": ["ultimo pezzo"]},
        "text.card_sold_out": {"it": ["esaurito"]},
        "text.card_stock_unknown": {"it": ["disponibilità da confermare"]},
        "text.quote_verified": {"it": ["«{text}» ({author}, acquisto verificato)"]},
    },
    "choices": {
        "regalo.budget": [
            {"value": "50", "titles": {"it": "Fino a 50 €", "en": "Up to €50"}},
            {"value": "100", "titles": {"it": "Fino a 100 €", "en": "Up to €100"}},
        ],
        "text.not_understood": [
            {"value": "ask:talk_to_human", "titles": {"it": "Parla con noi", "en": "Talk to us"}}
        ],
    },
}


def shown(*replies, language="it", **more):
    return render(list(replies), BUNDLE, Audience(language, WEB, "https://shop.example", **more))


def say(ref, **values):
    return {"kind": "say", "ref": ref, "values": values}


def text_of(rendered):
    return "\n".join(transcript_text(message) for message in rendered.messages)


def test_a_say_and_the_question_after_it_are_one_message_with_choices():
    rendered = shown(say("regalo.1"), {"kind": "ask", "ref": "regalo.budget", "values": {}})
    assert rendered.messages == [
        Text(
            text="Che bello, un regalo!\nQuanto vorresti spendere?",
            choices=(
                Choice(id="pick:regalo.budget:50", title="Fino a 50 €"),
                Choice(id="pick:regalo.budget:100", title="Fino a 100 €"),
            ),
            layout="buttons",
        )
    ]
    assert rendered.problems == []
    assert not rendered.unanswered


def test_the_customers_language_decides():
    rendered = shown({"kind": "ask", "ref": "regalo.budget", "values": {}}, language="en")
    assert text_of(rendered) == "How much?\n[Up to €50] [Up to €100]"


def test_a_text_that_exists_in_one_language_only_is_better_than_none():
    assert text_of(shown(say("text.only"), language="en")) == "Solo italiano"


def test_prices_are_written_as_the_language_writes_them():
    price = {"money": {"amount": "1139.00", "currency": "EUR"}}
    assert text_of(shown(say("text.price", price=price))) == "Costa 1.139 €."
    assert text_of(shown(say("text.price", price=price), language="en")) == "It costs €1,139."
    assert money(Decimal("59.9"), "EUR", "it") == "59,90 €"


@pytest.mark.parametrize(
    ("value", "italian", "english"),
    [
        ({"list": ["rosso", "nero", "blu"]}, "rosso, nero e blu", "rosso, nero and blu"),
        ({"any_of": ["38", "39"]}, "38 o 39", "38 or 39"),
        ({"date": "2026-01-31"}, "31 gennaio 2026", "31 January 2026"),
        ({"time": "15:30:00"}, "15:30", "15:30"),
        ({"minutes": 3}, "3 minuti", "3 minutes"),
        ({"day": 0}, "lunedì", "Monday"),
        ({"stars": {"rating": 4.8, "count": 32}}, "★ 4,8 (32)", "★ 4.8 (32)"),
        ({"text": {"it": "pelle", "en": "leather"}}, "pelle", "leather"),
        ({"dots": ["a", None, "b"]}, "a · b", "a · b"),
        (1234.5, "1.234,5", "1,234.5"),
        ("così", "così", "così"),
        ({"money": {"amount": "molto"}}, None, None),
        ({"unknown": 1}, None, None),
        ({}, None, None),
        ([], None, None),
        ("", None, None),
    ],
)
def test_typed_values_are_written_in_the_language(value, italian, english):
    assert written(value, "it") == italian
    assert written(value, "en") == english


def test_a_missing_value_is_never_shown_in_braces():
    rendered = shown(say("text.price"))
    assert text_of(rendered) == "Costa."
    assert rendered.problems == ["text.price needs a value for price."]


def test_a_variant_without_the_missing_value_is_taken_instead():
    rendered = shown(say("text.hello"))
    assert text_of(rendered) in ("Ehi!", "Salve!")
    assert rendered.problems == []


def test_what_is_known_about_the_customer_is_used_but_never_read_as_a_placeholder():
    assert text_of(shown(say("text.hello"), known={"name": "{price}"})) == "Ciao {price}!"


def test_the_same_words_are_not_said_twice_while_there_are_others():
    said = []
    for _ in range(3):
        said.append(text_of(shown(say("text.hello"), known={"name": "Giulia"}, recent=said)))
    assert sorted(said) == ["Ciao Giulia!", "Ehi!", "Salve!"]


def test_the_seed_chooses_among_equal_variants():
    texts = {text_of(shown(say("text.hello"), seed=str(n))) for n in range(20)}
    assert texts == {"Ehi!", "Salve!"}


def test_not_understood_offers_a_way_out_and_counts_as_unanswered():
    rendered = shown(say("text.not_understood"))
    assert [c.id for c in rendered.open_choices] == ["ask:talk_to_human"]
    assert rendered.unanswered


def test_an_unknown_reply_and_a_missing_text_are_reported_and_cost_nothing_else():
    rendered = shown({"kind": "dance"}, say("text.nowhere"), say("regalo.1"))
    assert text_of(rendered) == "Che bello, un regalo!"
    assert len(rendered.problems) == 2
    assert "text.nowhere" in rendered.problems[1]


def test_a_turn_that_says_nothing_is_unanswered():
    rendered = shown(say("text.nowhere"))
    assert rendered.messages == []
    assert rendered.unanswered


def test_beside_a_person_who_takes_over_nothing_can_be_tapped():
    rendered = shown(say("regalo.budget"), {"kind": "handoff", "reason": "other"})
    assert text_of(rendered) == "Quanto vorresti spendere?\nTi passo una persona."
    assert rendered.open_choices == []


def test_a_handoff_is_told_in_the_words_of_its_reason_and_handed_on():
    wanted = {"kind": "handoff", "reason": "purchase", "queue": "sales", "evidence": ["la prendo"]}
    rendered = shown(wanted)
    assert text_of(rendered) == "Chiudi con una persona."
    assert rendered.handoffs[0].evidence == ("la prendo",)
    assert text_of(shown(wanted, known={"wait": {"minutes": 3}})).endswith("in 3 minuti.")


def test_a_reason_without_words_of_its_own_uses_the_general_ones():
    assert text_of(shown({"kind": "handoff", "reason": "other"})) == "Ti passo una persona."
    said = shown({"kind": "handoff", "reason": "other", "say": "regalo.1"})
    assert text_of(said) == "Che bello, un regalo!"


ITEM = {
    "id": "siena",
    "name": "Siena",
    "price": {"amount": "139.00", "currency": "EUR"},
    "stock": 3,
    "rating": 4.8,
    "reviews": 32,
    "image": "/media/siena.png",
    "url": "https://elsewhere.example/siena",
    "quote": {"text": "Morbida", "author": "Marta", "verified": True},
    "choices": [{"id": "ask:ask_details:siena", "ref": "text.details"}],
}


def card_of(**changes):
    rendered = shown({"kind": "products", "items": [{**ITEM, **changes}]})
    message = rendered.messages[0]
    assert isinstance(message, Cards)
    return message.cards[0]


def test_a_card_has_name_price_stock_rating_and_a_real_voice():
    card = card_of()
    assert card.title == "Siena"
    assert card.subtitle == (
        "139 € · ultimi 3 pezzi · ★ 4,8 (32)\n«Morbida» (Marta, acquisto verificato)"
    )
    assert card.image_url == "https://shop.example/media/siena.png"
    assert card.url == "https://elsewhere.example/siena"
    assert card.choices == (Choice(id="ask:ask_details:siena", title="Dettagli"),)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"price": None, "stock": None}, "prezzo da confermare"),
        ({"stock": None}, "139 € · disponibilità da confermare"),
        ({"stock": 0}, "139 € · esaurito"),
        ({"stock": 1}, "139 € · ultimo pezzo"),
        ({"stock": 40}, "139 € · disponibile"),
        ({"price_to": {"amount": "149"}, "stock": 40}, "da 139 € a 149 € · disponibile"),
    ],
)
def test_a_card_quotes_only_what_may_be_quoted(changes, line):
    assert card_of(rating=None, quote=None, **changes).subtitle == line


def test_products_stand_between_their_words_and_their_choices():
    rendered = shown(
        {
            "kind": "products",
            "intro": "text.intro",
            "items": [ITEM],
            "choices": [{"id": "ask:compare_products", "title": "Confronta"}],
        }
    )
    assert [m.kind for m in rendered.messages] == ["text", "cards", "text"]
    assert rendered.messages[2].text == "Ti aiuto?"


def test_a_value_may_be_a_text_with_values_of_its_own():
    inner = {"ref": "text.price", "values": {"price": {"money": {"amount": 5}}}}
    texts = Texts(BUNDLE, "it", known={"name": {"list": [inner, "Ada"]}})
    assert texts.say("text.hello") == "Ciao Costa 5 €. e Ada!"


def test_replies_keep_their_order_and_wrong_ones_are_named():
    replies, problems = read_replies([say("a"), {"kind": "say"}, say("b")])
    assert [reply.ref for reply in replies] == ["a", "b"]
    assert problems == ["An engine reply was left out: say.ref: Field required"]


def test_every_kind_of_message_can_be_read_in_a_transcript():
    assert transcript_text(Media(media="image", url="https://x/y.png")) == "[image] https://x/y.png"
    assert transcript_text(Location(latitude=1, longitude=2, name="Bottega")) == "Bottega"
    template = Template(name="hello", language="it", parameters=("Giulia",))
    assert transcript_text(template) == "[hello] Giulia"
    assert "[Dettagli]" in transcript_text(shown({"kind": "products", "items": [ITEM]}).messages[0])
