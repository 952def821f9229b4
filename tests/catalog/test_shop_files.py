"""The facts about a shop in a file: each mistake is told with its line and what to do."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog import ShopFileError, guide_for, parse_words, read_shop
from catalog.demo import loading

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 27, tzinfo=UTC)
DEMO = (Path(loading.__file__).parent / "shop.yaml").read_text(encoding="utf-8")
BEGIN = DEMO[: DEMO.index("size_guides:")]


def problems(folder: Path, text: str, categories: list[str] | None = None) -> list[str]:
    file = folder / "shop.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ShopFileError) as caught:
        read_shop(file, NOW, categories)
    return caught.value.problems


STEPS = "size_guides:\n- categories: [a]\n  text: {it: x}\n  steps: "


@pytest.mark.parametrize(
    ("part", "line", "told"),
    [
        (
            f"{STEPS}[{{size: S, up_to: 9}}, {{size: M, up_to: 8}}, {{size: L}}]",
            2,
            "size_guides 1: let up_to grow from step to step",
        ),
        (f"{STEPS}[{{size: S}}, {{size: L}}]", 2, "up_to for all but the last"),
        (
            f"{STEPS}[{{size: S, up_to: 9}}, {{size: L, up_to: 12}}]",
            2,
            "leave up_to away from the last step",
        ),
        (f"{STEPS}[{{size: S, up_to: 9}}, {{size: M}}]\n  between: nearest", 2, "not both"),
        (f"{STEPS}[{{size: S, up_to: nine}}]", 4, "steps 1, up_to: Input should be a valid number"),
        (
            "size_guides:\n- categories: [a]\n  text: {}",
            3,
            "size_guides 1, text: write a text for each language",
        ),
        (
            "size_guides:\n- categories: [a]\n  text: {it: x}\n  betwen: larger",
            4,
            "size_guides 1, betwen: nothing of this name is known",
        ),
        ("size_guides:\n- categories: [a]", 2, "size_guides 1, text: this is missing"),
        (
            "size_guides:\n- {categories: [a], text: {it: x}}\n- {categories: [a], text: {it: y}}",
            2,
            "size_guides: two guides are for a",
        ),
        (
            "needs:\n- told: {it: RFID}\n  said: ['(contactless|rfid)']",
            3,
            "needs 1, said 1: '(' is no part of a word",
        ),
        (
            "needs:\n- told: {it: RFID}\n  said: ['rfid,, x']",
            3,
            "needs 1, said 1: a word is missing",
        ),
        ("needs:\n- said: [rfid]", 2, "needs 1, told: this is missing"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, part: str, line: int, told: str) -> None:
    found = problems(tmp_path, BEGIN + part)
    place = f"shop.yaml line {BEGIN.count(chr(10)) + line}, "
    assert any(one.startswith(place) and told in one for one in found), found


def test_a_guide_for_a_category_that_is_not_there_is_told(tmp_path: Path) -> None:
    part = "size_guides:\n- {categories: [scarpe], text: {it: x}}"
    [told] = problems(tmp_path, BEGIN + part, ["calzature", "borse"])
    assert told.endswith("no category has the id scarpe; there are: borse, calzature")


def test_what_is_no_yaml_is_told(tmp_path: Path) -> None:
    [told] = problems(tmp_path, "name: [")
    assert told.startswith("shop.yaml: this is no YAML")
    [told] = problems(tmp_path, "Zampa")
    assert "begin with the name of the shop" in told


def test_a_shop_without_advice_of_its_own_is_complete(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(BEGIN, encoding="utf-8")
    info = read_shop(tmp_path / "shop.yaml", NOW)
    assert (info.size_guides, info.needs) == ((), ())
    assert guide_for(info.size_guides, None) is None


def test_the_examples_of_the_documentation_are_in_order(tmp_path: Path) -> None:
    documented = (ROOT / "docs/catalog.md").read_text(encoding="utf-8")
    guides, needs, words = re.findall(r"^```yaml\n(.*?)^```", documented, re.MULTILINE | re.DOTALL)
    (tmp_path / "shop.yaml").write_text(BEGIN + guides + needs, encoding="utf-8")
    info = read_shop(tmp_path / "shop.yaml", NOW, ["harnesses"])
    assert [step.size for step in info.size_guides[0].steps] == ["S", "M", "L"]
    assert len(info.needs) == 2
    terms = {term.id: term for term in parse_words(words, "words.yaml").terms()}
    assert terms["harnesses"].exactly("it") == ("Pettorine", "pettorina", "pettorine")
    assert terms["bordeaux"].wider == "rosso"


def test_the_texts_of_the_demo_shop_agree_with_its_steps() -> None:
    guides = [guide for guide in loading.demo_shop(NOW).size_guides if guide.steps]
    assert guides
    for guide in guides:
        for text in guide.text.values():
            ends = [f"{step.up_to:g}" for step in guide.steps if step.up_to]
            places = [text.index(end) for end in ends]
            assert places == sorted(places)
            assert all(step.size in text for step in guide.steps)
