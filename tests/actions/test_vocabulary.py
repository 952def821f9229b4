"""The words of shoppers: the file is well written, and every entry can be asked for and told."""

import re

import pytest
from ruamel.yaml import YAML

from bot.actions import vocabulary
from bot.actions.table import ACTIONS
from bot.actions.vocabulary import listed, pattern, plain, services, topics

READ = YAML(typ="safe").load(vocabulary.FILE.read_text(encoding="utf-8"))
ENTRIES = {name: entry for theme in READ.values() for name, entry in theme.items()}
_ENDING = re.compile(r"\*")


def test_it_knows_what_shoppers_ask_in_both_languages():
    assert len(topics()) >= 150
    assert len({topic.name for topic in topics()}) == len(topics())


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_each_word_of_an_entry_is_found_in_a_question(topic):
    entry = ENTRIES[topic.name]
    for key in ("it", "en", "asked"):
        for word in listed(str(entry.get(key) or "")):
            said = _ENDING.sub("", word).replace(" .. ", " ")
            assert topic.asked.search(f"e {said}, dico?"), (topic.name, word)


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_no_word_stands_twice_or_would_fit_everything(topic):
    for key in ("it", "en", "told"):
        words = listed(str(ENTRIES[topic.name].get(key) or ""))
        assert len(words) == len(set(words)), topic.name
        assert all(len(word.rstrip("*")) >= 3 for word in words if word.endswith("*")), topic.name


def test_a_star_is_any_ending_and_two_dots_are_a_gap():
    found = pattern(listed("tasc*, how .. close"))
    assert found.search("quante tasche ha?")
    assert found.search("how does the flap close?")
    assert not found.search("how does this very big and heavy old bag close?")
    assert not found.search("fiasco")
    assert plain("L’interno") == "l'interno"


def test_an_entry_that_is_written_wrong_says_where():
    with pytest.raises(ValueError, match=r"vocabulary\.yaml: pockets: give it and en"):
        vocabulary._topic("pockets", {"it": "tasche", "asks": "pockets"})


def test_the_words_of_services_are_those_of_actions():
    assert {f"action_answer_{name}" for name in services()} <= ACTIONS.keys()
