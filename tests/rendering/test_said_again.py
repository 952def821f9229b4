"""What has been said before is said as again, where it is not news that it goes along with."""

from bot.rendering import Audience, render, transcript_text
from channels.kit import Capabilities

WEB = Capabilities(max_text=4000, buttons=10, button_label=60, buttons_text=4000)


def read(refs, texts, before):
    replies = [{"kind": "say", "ref": ref, "values": {}} for ref in refs]
    rendered = render(replies, {"texts": texts}, Audience("it", WEB, recent=before))
    assert rendered.problems == []
    return "\n".join(transcript_text(message) for message in rendered.messages)


def test_a_sentence_that_must_be_said_again_is_said_as_again():
    texts = {
        "text.fact": {"it": ["La garanzia dura due anni."]},
        "text.ask": {"it": ["Quanto vorresti spendere, più o meno?"]},
        "text.lead": {"it": ["Ecco che cosa ho trovato:"]},
        "text.said_again": {"it": ["Come ti dicevo: {text}", "Confermo: {text}"]},
        "text.asked_again": {"it": ["Tornando a noi: {text}"]},
    }
    said = []
    for ref in ("fact", "fact", "fact", "ask", "ask", "lead", "lead"):
        said.append(read([f"text.{ref}"], texts, said))
    assert said[0] == "La garanzia dura due anni."
    assert sorted(said[1:3]) == [
        "Come ti dicevo: La garanzia dura due anni.",
        "Confermo: La garanzia dura due anni.",
    ]
    assert said[4] == "Tornando a noi: Quanto vorresti spendere, più o meno?"
    assert said[5] == said[6]  # words that lead to cards are no repetition


def test_what_goes_along_with_something_new_is_not_said_as_again():
    texts = {
        "text.new": {"it": ["In Sardegna arriva in tre giorni."]},
        "text.fact": {"it": ["Per questo acquisto è gratuita."]},
        "text.said_again": {"it": ["Come ti dicevo: {text}"]},
    }
    before = ["Per questo acquisto è gratuita."]
    assert "Come ti dicevo" not in read(["text.new", "text.fact"], texts, before)
    alone = read(["text.fact", "text.new"], texts, before)
    assert "Come ti dicevo: Per questo acquisto" in alone
