"""What a flow file becomes: an immutable bundle, named by its content."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogues.compiler import Compiled, check, compile_flows, run_tests, version_of

# The example of the language's description, word for word as a marketer would write it.
GIFT = """
    flow: regalo
    title: {it: Trova un regalo, en: Find a gift}
    start:
      intents: [chiede_regalo]
      links: [natale]
    steps:
      - say: {it: Che bello, un regalo!, en: A gift, lovely!}
      - ask: budget
        as: number
        say: {it: Quanto vorresti spendere?, en: How much would you like to spend?}
        choices:
          - {value: 50, it: Fino a 50 €, en: Up to €50}
          - {value: 100, it: Fino a 100 €, en: Up to €100}
        unclear: {it: Mi basta una cifra, en: A number will do}
        otherwise: handoff
      - products: {search: regalo, max_price: "{budget}", limit: 5}
      - if: {products: none}
        then: [{go_to: nessun_prodotto}]
      - if: {budget: {more_than: 100}}
        then: [{handoff: {reason: high_value, queue: vendite}}]
    tests:
      - customer: cerco un regalo
        bot: [say, ask budget]
      - customer: quanto costa la spedizione?
        bot: [flow spedizione, ask budget]
      - customer: sui 70
        bot: [products]
      - talk: niente da mostrare
        lines:
          - {customer: cerco un regalo, bot: [flow regalo]}
          - {customer: "70", products: none, bot: [products, flow nessun_prodotto]}
      - talk: tanto da spendere
        lines:
          - {customer: cerco un regalo, bot: [say, ask budget]}
          - {customer: "700", bot: [products, handoff]}
          - {customer: asdf, bot: [not understood]}
"""
OTHERS = """
    flow: spedizione
    start: {intents: [ask_delivery]}
    steps: [{answer: delivery}]
    ---
    flow: nessun_prodotto
    steps: [{say: {it: [Niente, Nulla], en: Nothing}}]
"""
PHRASES = {"cerco un regalo": "chiede_regalo", "Quanto costa la spedizione": "ask_delivery"}


@pytest.fixture
def shop(compiled: Callable[..., Compiled]) -> Compiled:
    made = compiled(
        regalo=GIFT,
        altri=OTHERS,
        texts='texts:\n  price: {it: "Costa {price}", en: "It\'s {price}"}\n',
    )
    assert made.bundle is not None, [str(problem) for problem in made.problems]
    return made


def test_the_example_of_the_language_compiles_and_passes_its_own_tests(
    write: Callable[..., Path],
) -> None:
    folder = write(regalo=GIFT, altri=OTHERS)
    assert check(folder, languages=("it", "en"), phrases=PHRASES) == []


def test_a_comma_in_a_text_needs_no_quotes(shop: Compiled) -> None:
    assert shop.bundle is not None
    assert shop.bundle["texts"]["regalo.1"] == {
        "it": ["Che bello, un regalo!"],
        "en": ["A gift, lovely!"],
    }


def test_the_bundle_holds_what_others_read(shop: Compiled) -> None:
    bundle = shop.bundle
    assert bundle is not None
    assert bundle["languages"] == ["it", "en"]
    assert bundle["starts"] == {"chiede_regalo": "regalo", "ask_delivery": "spedizione"}
    assert bundle["links"] == {"natale": "regalo"}
    assert bundle["texts"]["text.price"] == {"it": ["Costa {price}"], "en": ["It's {price}"]}
    assert bundle["texts"]["nessun_prodotto.1"]["it"] == ["Niente", "Nulla"]
    assert bundle["choices"]["regalo.budget"][0] == {
        "value": "50",
        "titles": {"it": "Fino a 50 €", "en": "Up to €50"},
    }
    assert bundle["choices"]["regalo.budget.unclear"] == bundle["choices"]["regalo.budget"]
    assert bundle["flows"]["regalo"]["title"]["en"] == "Find a gift"


def test_branches_become_jumps_to_the_step_behind_them(
    compiled: Callable[..., Compiled],
) -> None:
    made = compiled(
        a="""
        flow: a
        steps:
          - if: {city: Roma}
            then:
              - if: {channel: whatsapp}
                then: [{say: {it: W, en: W}}]
                else: [{say: {it: X, en: X}}]
            else:
              - say: {it: Y, en: Y}
          - say: {it: Z, en: Z}
          - if: {city: {in: [Roma, Torino]}}
            then: [{say: {it: V, en: V}}]
        """
    )
    assert made.bundle is not None
    steps = [
        (step["id"], step.get("else", step.get("to", "-")))
        for step in made.bundle["flows"]["a"]["steps"]
    ]
    assert steps == [
        ("1", "1.else.1"),
        ("1.then.1", "1.then.1.else.1"),
        ("1.then.1.then.1", "-"),
        ("1.then.1.skip", "1.skip"),
        ("1.then.1.else.1", "-"),
        ("1.skip", "2"),
        ("1.else.1", "-"),
        ("2", "-"),
        ("3", None),
        ("3.then.1", "-"),
    ]


def test_words_stay_words_and_numbers_keep_their_digits(
    compiled: Callable[..., Compiled],
) -> None:
    made = compiled(
        a="""
        flow: "no"
        steps:
          - ask: sure
            say: {it: no, en: off}
            unclear: {it: x, en: x}
            choices:
              - {value: yes, it: Sì, en: on}
              - {value: no, it: No, en: null}
              - {value: 0050, it: 1_000, en: 12:30}
        """
    )
    assert made.bundle is not None
    assert made.bundle["texts"]["no.sure"] == {"it": ["no"], "en": ["off"]}
    assert [(c["value"], c["titles"]["en"]) for c in made.bundle["choices"]["no.sure"]] == [
        ("yes", "on"),
        ("no", "null"),
        ("0050", "12:30"),
    ]


def test_the_same_flows_have_the_same_version_wherever_they_stand(
    compiled: Callable[..., Compiled], tmp_path: Path
) -> None:
    one = compiled(regalo=GIFT, altri=OTHERS).bundle
    (tmp_path / "dialogues" / "flows" / "regalo.yaml").rename(
        tmp_path / "dialogues" / "flows" / "zzz.yaml"
    )
    moved = "# a remark\n\n" + OTHERS.replace("\n    ", "\n")
    (tmp_path / "dialogues" / "flows" / "altri.yaml").write_text(moved, encoding="utf-8")
    two = compile_flows(tmp_path / "dialogues" / "flows", languages=("it", "en")).bundle
    assert one is not None
    assert two is not None
    assert one["version"] == two["version"] == version_of(two)
    assert len(one["version"]) == 16


def test_a_changed_text_is_a_new_version(compiled: Callable[..., Compiled]) -> None:
    before = compiled(altri=OTHERS).bundle
    after = compiled(altri=OTHERS.replace("Nothing", "Nope")).bundle
    assert before is not None
    assert after is not None
    assert before["version"] != after["version"]


def test_every_text_and_choice_knows_where_it_was_written(shop: Compiled) -> None:
    assert shop.places["regalo.budget"] == ("dialogues/flows/regalo.yaml", 11)
    assert shop.places["regalo.budget=100"] == ("dialogues/flows/regalo.yaml", 14)
    assert shop.places["text.price"] == ("dialogues/flows/texts.yaml", 2)


def test_a_third_language_is_a_matter_of_texts(write: Callable[..., Path]) -> None:
    folder = write(a="flow: a\nsteps:\n  - say: {it: Ciao, en: Hi, fr: Salut}\n")
    made = compile_flows(folder, languages=("it", "en", "fr"))
    assert made.bundle is not None
    assert made.bundle["texts"]["a.1"]["fr"] == ["Salut"]
    one = compile_flows(write(a="flow: a\nsteps:\n  - say: {it: Ciao}\n"), languages=("it",))
    assert one.bundle is not None


def test_a_talk_can_say_what_is_known_heard_and_tapped(write: Callable[..., Path]) -> None:
    folder = write(
        regalo=GIFT,
        altri=OTHERS,
        a="""
        flow: a
        start: {intents: [greet]}
        steps:
          - if: {focus: some, city: Roma, quantity: {less_than: 3}}
            then: [{say: {it: A, en: A}}]
            else: [{go_to: regalo}]
        tests:
          - intent: greet
            customer: x
            knows: {focus: b, shown: [a, b], context: {channel: whatsapp}}
            heard: {city: Roma, quantity: 2}
            also: [ask_delivery]
            bot: [flow spedizione, say]
          - intent: greet
            customer: x
            heard: {city: Roma, quantity: 3}
            bot: [say, ask budget]
          - {tap: 50, bot: [products]}
          - {tap: "pick:regalo.budget:100", bot: [products]}
          - {tap: "ask:ask_delivery", bot: [answer delivery]}
        """,
    )
    made = compile_flows(folder, languages=("it", "en"))
    assert made.bundle is not None
    talks = [talk for talk in made.talks if talk.flow == "a"]
    assert [str(problem) for problem in run_tests(made.bundle, talks)] == []
