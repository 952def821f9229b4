"""The shop's own texts: everything the code says exists, in every language, and fits buttons."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.rendering.texts import PLACEHOLDER

ROOT = Path(__file__).parents[2]
TEXTS = YAML(typ="safe").load((ROOT / "dialogues/flows/texts.yaml").read_text("utf-8"))["texts"]
SAID = re.compile(
    r"""(?x) "text\.(?P<full>\w+)"            # a whole reference
    | \b(?:say|ref)\(\s*"(?P<first>\w+)"     # say("price_one", ...)
    | \btext=\s*"(?P<title>choice_\w+)"      # tap(..., text="choice_more")
    | (?:text|intro|return|said\()\s*=?\s*"(?P<name>(?:search|price|availability|delivery|returns|
      card|stock|quote|reviews|gift_wrap)_\w+)" """
)


def said_in_code():
    found = set()
    for room in ("actions", "rendering", "routing", "desk", "inbox", "gateway"):
        for path in sorted((ROOT / "bot" / room).rglob("*.py")):
            for match in SAID.finditer(path.read_text("utf-8")):
                found |= {name for name in match.groups() if name}
    return found


def test_every_text_that_the_code_says_is_written():
    said = said_in_code()
    assert len(said) > 60
    assert {name for name in said if not name.endswith("_")} - set(TEXTS) == set()


@pytest.mark.parametrize("outcome", ["won", "lost", "answered", "spam"])
def test_every_outcome_has_its_words(outcome):
    assert f"bot_back_{outcome}" in TEXTS


@pytest.mark.parametrize(
    "part", ["price", "colour", "size", "material", "recipient", "occasion", "words"]
)
def test_everything_a_search_may_give_up_is_said_honestly(part):
    assert f"search_near_{part}" in TEXTS


def variants(text):
    return [text] if isinstance(text, str) else text


def test_every_text_exists_in_both_languages_with_the_same_values():
    for name, entry in TEXTS.items():
        used = {
            language: {p for v in variants(entry[language]) for p in PLACEHOLDER.findall(v)}
            for language in ("it", "en")
        }
        assert used["it"] == used["en"], name
        assert all(v.strip() for language in ("it", "en") for v in variants(entry[language]))


def test_titles_fit_whatsapps_buttons():
    titles = [entry for name, entry in TEXTS.items() if name.startswith("choice_")]
    titles += [choice for entry in TEXTS.values() for choice in entry.get("choices", ())]
    assert len(titles) > 20
    for entry in [*titles, TEXTS["list_button"]]:
        assert len(entry["it"]) <= 20
        assert len(entry["en"]) <= 20
