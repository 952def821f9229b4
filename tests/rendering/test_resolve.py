"""What customers type for a choice, and what only looks like it."""

import pytest

from bot.rendering import OpenChoice, page_number, resolve

COLOURS = [
    OpenChoice(id="r", title="Rosso bordeaux", number=1),
    OpenChoice(id="n", title="Nero ❤️", number=2),
    OpenChoice(id="s", title="Spedizione e resi", number=3),
]
BUDGETS = [
    OpenChoice(id="50", title="Fino a 50 €", number=1),
    OpenChoice(id="60", title="Fino a 60 €", number=2),
]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2", "n"),
        ("2)", "n"),
        ("2.", "n"),
        ("n. 2", "n"),
        ("2️⃣", "n"),
        ("il 2", "n"),
        ("la 2a", "n"),
        ("due", "n"),
        ("la seconda", "n"),
        ("Il secondo!", "n"),
        ("numero due grazie", "n"),
        ("the second one", "n"),
        ("2nd", "n"),
        ("option 2 please", "n"),
        ("l'ultimo", "s"),
        ("the last one", "s"),
        ("nero", "n"),
        ("NERO ❤️", "n"),
        ("rosso bordeux", "r"),
        ("spedizone e resi", "s"),
    ],
)
def test_a_number_a_place_or_a_title_with_a_slip_picks_the_choice(said, meant):
    found = resolve(said, COLOURS)
    assert found is not None
    assert found.id == meant


@pytest.mark.parametrize(
    "said",
    [
        "quanto costa il secondo?",
        "la seconda c'è in rosso?",
        "how much is the second one?",
        "vorrei 2 borse",
        "2 e 3",
        "7",
        "rosso",
        "spedite anche all'estero?",
        "nero o marrone?",
        "ciao",
        "no",
        "   ",
        "👍",
    ],
)
def test_a_sentence_is_never_taken_for_a_pick(said):
    assert resolve(said, COLOURS) is None


def test_titles_that_differ_in_a_number_are_not_mixed_up():
    assert resolve("fino a 60", BUDGETS).id == "60"
    assert resolve("fino a 70", BUDGETS) is None


def test_an_amount_is_left_to_the_question_when_no_choice_has_that_number():
    assert resolve("70", BUDGETS) is None


def test_a_title_that_two_choices_share_picks_neither():
    twice = [OpenChoice(id="a", title="Dettagli"), OpenChoice(id="b", title="Dettagli")]
    assert resolve("dettagli", twice) is None


def test_a_number_in_the_text_wins_over_a_title_that_is_the_same_number():
    listed = [
        OpenChoice(id="two pieces", title="2", number=1, listed=True),
        OpenChoice(id="one piece", title="1", number=2, listed=True),
    ]
    assert resolve("2", listed).id == "one piece"


def test_a_choice_made_of_an_emoji_is_picked_by_it():
    assert resolve("👍", [OpenChoice(id="yes", title="👍", number=1)]).id == "yes"


def test_nothing_open_means_nothing_picked():
    assert resolve("2", []) is None


def test_only_the_pages_own_ids_ask_for_a_page():
    assert page_number("page:3") == 3
    assert page_number("page:") is None
    assert page_number("ask:greet") is None
    assert page_number("3") is None
