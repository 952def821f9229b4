"""Which of the products shown is meant, and which words of a message only connect."""

from typing import Any

import pytest

from dialogues.executor import left_over, pointed_at

SHOWN = ["luna", "siena", "aurora"]
MARKS = {
    "cheapest": ["luna"],
    "best_rated": ["gone"],
    "colour:rosso": ["siena", "aurora"],
    "colour:nero": ["luna"],
    "material:tela": ["aurora"],
    "price:99.00": ["luna"],
    "price:139.00": ["siena"],
}


@pytest.mark.parametrize(
    ("ordinal", "said", "focus", "expected"),
    [
        (2, {}, None, "siena"),
        (-1, {}, None, "aurora"),
        (0, {}, None, None),
        (4, {}, None, None),
        ("nonsense", {}, None, None),
        ("this", {}, "siena", "siena"),
        ("this", {}, None, None),
        ("other", {}, "siena", None),  # two are left
        ("cheapest", {}, None, "luna"),
        ("best_rated", {}, None, None),  # no longer shown
        ("one", {"colour": "rosso"}, None, "siena"),
        ("one", {"colour": ["rosso"], "material": ["tela"]}, None, "aurora"),
        ("one", {"colour": "giallo"}, None, None),
        ("one", {}, "siena", None),
        ("one", {"about_price": "140"}, None, "siena"),
        ("one", {"about_price": "20"}, None, None),
        ("one", {"about_price": "much"}, None, None),
    ],
)
def test_a_pointer_finds_its_product(
    ordinal: object, said: dict[str, Any], focus: str | None, expected: str | None
) -> None:
    assert pointed_at(ordinal, said, SHOWN, focus, MARKS) == expected


def test_of_two_the_other_is_the_one_not_in_view() -> None:
    assert pointed_at("other", {}, SHOWN[:2], "luna", {}) == "siena"
    assert pointed_at("this", {}, SHOWN[:1], None, {}) == "luna"


@pytest.mark.parametrize(
    ("text", "recognised", "words"),
    [
        ("e in rosso invece?", [(5, 10)], []),
        ("vorei quella rossa", [(13, 18)], []),
        ("una bicicletta rossa", [(15, 20)], ["bicicletta"]),
        ("what about a red umbrella", [(13, 16)], ["umbrella"]),
    ],
)
def test_small_words_leave_nothing_over(
    text: str, recognised: list[tuple[int, int]], words: list[str]
) -> None:
    assert left_over(text, recognised) == words
