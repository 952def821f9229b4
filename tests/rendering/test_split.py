"""Texts are divided where a reader would pause, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.fitting.labels import labels
from bot.rendering.fitting.split import graphemes, measure, shorten, split

FAMILY = "👨‍👩‍👧‍👦"


def test_a_text_is_divided_between_paragraphs_first():
    text = "Prima frase. Ancora.\n\nSeconda parte, un po' più lunga."
    assert split(text, 40) == ["Prima frase. Ancora.", "Seconda parte, un po' più lunga."]


def test_then_between_sentences_then_between_words():
    assert split("Uno due tre. Quattro cinque.", 20) == ["Uno due tre.", "Quattro cinque."]
    assert split("unodue trequattro cinque", 17) == ["unodue trequattro", "cinque"]


def test_a_family_of_emoji_is_never_torn_apart():
    assert split(FAMILY * 3, 8) == [FAMILY] * 3
    assert FAMILY in shorten("a" + FAMILY * 3, 12)


def test_bytes_are_counted_where_a_platform_counts_bytes():
    assert measure("è", "bytes") == 2
    assert split("èèèè", 4, "bytes") == ["èè", "èè"]


def test_a_shortened_title_ends_at_a_word():
    assert shorten("Borsa a tracolla in pelle", 18) == "Borsa a tracolla…"


@given(st.text(max_size=300), st.integers(8, 80), st.sampled_from(["characters", "bytes"]))
def test_pieces_fit_and_hold_everything(text, limit, unit):
    pieces = split(text, limit, unit)
    assert all(0 < measure(piece, unit) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=12), st.integers(8, 30))
def test_labels_are_short_and_tell_the_choices_apart(titles, limit):
    found = labels(titles, limit)
    if found is not None:
        assert all(len(label) <= limit for label in found)
        assert len({" ".join(label.casefold().split()) for label in found}) == len(titles)


def test_equal_titles_are_numbered():
    assert labels(["Borsa", "Borsa"], 20) == ["1. Borsa", "2. Borsa"]


def test_graphemes_are_what_a_reader_counts():
    assert graphemes("e\u0301🇮🇹") == ["e\u0301", "🇮🇹"]
