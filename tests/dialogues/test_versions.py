"""Scraps that ask of the thing in view: its versions, what is left, what it is good for."""

from typing import Any

import pytest

from dialogues.executor import Heard
from dialogues.executor.fragments import meaning

VIEW: dict[str, Any] = {
    "focus": "tepore",
    "shown": ["tepore"],
    "marks": {"size:40": ["tepore"], "size:42": ["tepore"], "colour:grigio": ["tepore"]},
    "filters": {"category": "calzature"},
}


def heard(text: str, intent: str | None, sure: float = 0.9, **given: Any) -> Heard:
    entities = [{"entity": name, "value": value} for name, value in given.items()]
    return Heard(text, intent, sure, entities, None, "it", {})


@pytest.mark.parametrize(
    ("text", "intent", "given", "meant"),
    [
        ("per lui 42 grigie, ce ne sono?", "search_product", {"recipient": "lui"},
         "ask_availability"),
        ("for my brother grey 42", "recommend_gift", {"recipient": "lui"}, "ask_availability"),
        ("size 40 for my sister", "ask_size_guide", {"size": "40", "recipient": "lei"},
         "ask_availability"),
        ("un regalo per lui, ha 42 anni", "recommend_gift", {"recipient": "lui"}, None),
        ("cerco un 42 per lui", "search_product", {"recipient": "lui"}, None),
        ("c'è solo in grigio?", "search_product", {"colour": "grigio"}, "ask_availability"),
        ("any colour other than grey?", "ask_availability", {"without": "colour:grigio"},
         "ask_availability"),
        ("ce ne sono ancora?", "show_more", {}, "ask_availability"),
        ("ce ne sono altri?", "show_more", {}, None),
        ("how many pages does it have", "ask_details", {}, None),
        ("la dante va bene?", "affirm", {"product": "dante"}, "ask_details"),
        ("va bene per un uomo?", "search_product", {"recipient": "lui"}, "ask_details"),
        ("and the Rotta tag?", "complaint", {"product": "rotta"}, None),
        ("can i take it to the beach", "buy", {}, "ask_details"),
        ("can i take it in black", "buy", {"colour": "nero"}, None),
        ("can i take it home today", "buy", {}, None),
        ("can i text with them on", "talk_to_human", {}, "ask_details"),
        ("si può scrivere il numero di telefono?", "ask_contact", {}, "ask_details"),
        ("si suda?", "affirm", {}, "ask_details"),
        ("sì grazie", "affirm", {}, None),
        ("ok hanno detto di sì, lo prendiamo", "buy", {}, None),
        ("ci va il telefono", "ask_contact", {}, "ask_details"),
    ],
)  # fmt: skip
def test_it_is_of_the_thing_in_view(
    text: str, intent: str, given: dict[str, Any], meant: str | None
) -> None:
    found = meaning(heard(text, intent, **given), given, VIEW)
    assert found in ((meant,) if meant else (None, intent))


def test_a_name_alone_tells_of_nothing_broken() -> None:
    entity = {"entity": "product", "value": "rotta", "start": 8, "end": 17}
    said = Heard("and the Rotta tag?", "complaint", 0.97, [entity], None, "en", {})
    assert meaning(said, {"product": "rotta"}, {"asked": [{"topic": "price"}]}) == "ask_price"


def test_without_a_thing_in_view_nothing_is_of_it() -> None:
    assert meaning(heard("can i take it to the beach", "buy"), {}, {}) is None
    assert meaning(heard("ce ne sono ancora?", "show_more"), {}, {}) is None
