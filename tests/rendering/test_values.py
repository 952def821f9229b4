"""Values of replies as text."""

from bot.rendering.values import written


def test_a_sentence_in_a_list_is_not_joined_with_and() -> None:
    facts = ["tab closure", "Leather outside, wool felt inside and no zip."]
    assert written({"list": facts}, "en") == " · ".join(facts)
    names = ["Portacarte Elba", "Set regalo Scriba"]
    assert written({"list": names}, "it") == "Portacarte Elba e Set regalo Scriba"
