"""Mistakes in flow files are told in plain words, with file, line and a way out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogues.compiler import Problem, check, compile_flows, pretty

START = "flow: a\nsteps:\n"

# A flow file, the line of the problem, words of its message, words of its suggestion.
MISTAKES: dict[str, tuple[str, int, str, str]] = {
    "a step that does not exist": (
        START + "  - sya: {it: Ciao, en: Hi}\n",
        3,
        "unknown step `sya`",
        "Did you mean `say`?",
    ),
    "a part that a step does not have": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    unclaer: {it: x, en: x}\n",
        5,
        "An `ask` step has no `unclaer`",
        "`unclear`",
    ),
    "a language is missing": (
        START + "  - say: {it: Ciao}\n",
        3,
        "The English text is missing",
        "Add `en: …`",
    ),
    "no language at all": (START + "  - say: Ciao\n", 3, "no language", "{it: …, en: …}"),
    "an unknown language": (
        START + "  - say: {fr: Salut, it: Ciao, en: Hi}\n",
        3,
        "`fr` is not a language",
        "it, en",
    ),
    "a comma and a colon in a text": (
        START + "  - say: {it: Certo, ecco: tieni, en: Sure}\n",
        3,
        "`ecco` is read as a language",
        "quotes",
    ),
    "a text that begins with a brace": (
        START + "  - say: {it: {name} ciao, en: Hi}\n",
        3,
        "A comma or a closing bracket is missing",
        "quotes",
    ),
    "different values in the languages": (
        START + '  - say: {it: "Ciao {name}", en: Hi}\n',
        3,
        "The languages do not use the same values in braces (it: name; en: none)",
        "same {…}",
    ),
    "a value that nobody knows": (
        START
        + '  - ask: budget\n    say: {it: Q, en: Q}\n  - say: {it: "{buget}", en: "{buget}"}\n',
        5,
        "Nobody knows `buget`",
        "`budget`",
    ),
    "a brace that stands alone": (
        START + '  - say: {it: "{ name }", en: "{ name }"}\n',
        3,
        "A brace stands alone",
        "{name}",
    ),
    "an unknown condition name": (
        START + "  - if: {bugdet: 3}\n    then: [{say: {it: A, en: A}}]\n",
        3,
        "Nobody knows `bugdet`",
        "",
    ),
    "an unknown comparison": (
        START + "  - if: {city: {moer_than: 3}}\n    then: [{say: {it: A, en: A}}]\n",
        3,
        "`moer_than` is not a comparison",
        "`more_than`",
    ),
    "a comparison without a number": (
        START + "  - if: {quantity: {more_than: many}}\n    then: [{say: {it: A, en: A}}]\n",
        3,
        "needs a number",
        "digits",
    ),
    "an if without a condition": (
        START + "  - if:\n    then: [{say: {it: A, en: A}}]\n",
        3,
        "needs a condition",
        "{products: none}",
    ),
    "an if without then": (START + "  - if: {city: Roma}\n", 3, "needs steps under `then`", ""),
    "a comparison with nothing": (
        START + "  - if: {city: }\n    then: [{say: {it: A, en: A}}]\n",
        3,
        "compared with nothing",
        "",
    ),
    "a comparison with a list": (
        START + "  - if: {city: [a]}\n    then: [{say: {it: A, en: A}}]\n",
        3,
        "cannot be compared with a list",
        "in",
    ),
    "a flow that does not exist": (
        START + "  - go_to: aa\n",
        3,
        "There is no flow `aa` to go to",
        "Did you mean `a`?",
    ),
    "a way out to a flow that does not exist": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    otherwise: {go_to: zzz}\n",
        3,
        "There is no flow `zzz`",
        "",
    ),
    "a way out that leads nowhere": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    otherwise: maybe\n",
        5,
        "`otherwise` leads to a person or to another flow",
        "go_to",
    ),
    "steps behind a go_to": (
        "flow: a\nsteps:\n  - ask: c\n    say: {it: C, en: C}\n  - go_to: a\n"
        "  - say: {it: A, en: A}\n",
        6,
        "never reached",
        "above `go_to`",
    ),
    "steps behind a handoff": (
        START + "  - handoff: purchase\n  - say: {it: A, en: A}\n",
        4,
        "`handoff` before it leaves the flow",
        "",
    ),
    "a flow that goes round in a circle": (
        START + "  - say: {it: A, en: A}\n  - if: {city: Roma}\n    then: [{go_to: a}]\n",
        1,
        "round in a circle",
        "Put an `ask` in between",
    ),
    "an unknown topic": (
        START + "  - answer: delivry\n",
        3,
        "Nobody can answer `delivry`",
        "`delivery`",
    ),
    "an unknown kind of answer": (
        START + "  - ask: b\n    as: nummber\n    say: {it: B, en: B}\n",
        4,
        "cannot be a `nummber`",
        "`number`",
    ),
    "a question asked twice": (
        START + "  - ask: b\n    say: {it: B, en: B}\n  - ask: b\n    say: {it: B, en: B}\n",
        5,
        "asks `b` twice",
        "another name",
    ),
    "a name that cannot be": (
        START + "  - ask: Budget Max\n    say: {it: B, en: B}\n",
        3,
        "cannot be a name",
        "budget_max",
    ),
    "a name that is taken": (
        START + "  - ask: language\n    say: {it: B, en: B}\n",
        3,
        "already has a meaning",
        "",
    ),
    "a question without words": (START + "  - ask: b\n", 3, "The text is missing", "it: …"),
    "choices are wanted and missing": (
        START + "  - ask: b\n    as: choice\n    say: {it: B, en: B}\n",
        3,
        "needs `choices`",
        "",
    ),
    "two choices with one value": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    choices:\n"
        "      - {value: x, it: A, en: A}\n      - {value: x, it: B, en: B}\n",
        7,
        "Two choices have the value `x`",
        "",
    ),
    "a choice without a value": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    choices: [{it: A, en: A}]\n",
        5,
        "no `value`",
        "{value: 50",
    ),
    "a choice without a title": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    choices: [{value: 1, it: A}]\n",
        5,
        "The English title of this choice is missing",
        "",
    ),
    "a choice that is one word": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    choices: [x]\n",
        5,
        "a value and a title",
        "",
    ),
    "choices that are no list": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    choices: {value: x}\n",
        5,
        "`choices` is a list",
        "",
    ),
    "a choice too long to come back": (
        START + "  - ask: b\n    say: {it: B, en: B}\n    choices: [{value: "
        f"{'x' * 200}, it: A, en: A}}]\n",
        5,
        "is too long",
        "short word",
    ),
    "a choice to keep under a say": (
        START + "  - say: {it: A, en: A}\n    choices: [{value: x, it: A, en: A}]\n",
        4,
        "must be questions",
        "use an `ask` step",
    ),
    "something that cannot be heard": (
        START + "  - ask: b\n    from: max_prize\n    say: {it: B, en: B}\n",
        3,
        "nothing that can be heard",
        "`max_price`",
    ),
    "a search for something unknown": (
        START + "  - products: {colur: red}\n",
        3,
        "has no `colur`",
        "`colour`",
    ),
    "products with a word": (START + "  - products: borse\n", 3, "says what to look for", ""),
    "a handoff without a reason": (START + "  - handoff:\n", 3, "needs a reason", "purchase"),
    "two steps in one": (
        START + "  - say: {it: A, en: A}\n    go_to: a\n",
        3,
        "are one step here",
        "Begin each with a `-`",
    ),
    "a step that is only a word": (START + "  - say\n", 3, "`say` says nothing", "say: …"),
    "a step that is no step": (START + "  - [a]\n", 3, "not a step", ""),
    "a flow without steps": ("flow: a\n", 1, "no steps", "say: …"),
    "a flow without a name": ("steps: []\n", 1, "begins with `flow: <name>`", ""),
    "a name of a flow that cannot be": (
        "flow: Mio Flusso\nsteps:\n  - say: {it: A, en: A}\n",
        1,
        "cannot be a flow's name",
        "small letters",
    ),
    "a list instead of a flow": ("- a\n- b\n", 1, "begins with `flow: <name>`", ""),
    "a start that is a word": (
        "flow: a\nstart: greet\nsteps:\n  - say: {it: A, en: A}\n",
        2,
        "`start` says when",
        "intents",
    ),
    "a title without a language": (
        "flow: a\ntitle: Ciao\nsteps:\n  - say: {it: A, en: A}\n",
        2,
        "title has no language",
        "",
    ),
    "a flow that is there twice": (
        "flow: a\nsteps:\n  - say: {it: A, en: A}\n---\nflow: a\nsteps:\n  - say: {it: A, en: A}\n",
        5,
        "The flow `a` is already in",
        "Rename",
    ),
    "two flows on one intent": (
        "flow: a\nstart: {intents: [x]}\nsteps:\n  - say: {it: A, en: A}\n---\n"
        "flow: b\nstart: {intents: [x]}\nsteps:\n  - say: {it: A, en: A}\n",
        7,
        "The intent `x` already starts the flow `a`",
        "one flow only",
    ),
    "two flows on one link": (
        "flow: a\nstart: {links: [x]}\nsteps:\n  - say: {it: A, en: A}\n---\n"
        "flow: b\nstart: {links: [x]}\nsteps:\n  - say: {it: A, en: A}\n",
        7,
        "The link `x` already starts the flow `a`",
        "",
    ),
    "intents that are no words": (
        "flow: a\nstart: {intents: {x: y}}\nsteps:\n  - say: {it: A, en: A}\n",
        2,
        "a list of words",
        "",
    ),
    "texts without names": ("texts: hello\n", 1, "each text has a name", ""),
    "a text that is there twice": (
        "texts:\n  a: {it: A, en: A}\n---\ntexts:\n  a: {it: A, en: A}\n",
        5,
        "`a` exists already",
        "",
    ),
    "a key written twice": (START + "  - say: {it: A, it: B, en: C}\n", 3, "written twice", ""),
    "tests that are no list": (
        "flow: a\nsteps:\n  - say: {it: A, en: A}\ntests: {customer: a}\n",
        4,
        "`tests` is a list",
        "",
    ),
    "a test in which nobody speaks": (
        "flow: a\nsteps:\n  - say: {it: A, en: A}\ntests:\n  - bot: [say]\n",
        5,
        "Nobody speaks",
        "",
    ),
    "a test that expects what the bot never does": (
        "flow: a\nsteps:\n  - say: {it: A, en: A}\ntests:\n  - {customer: x, bot: [asks budget]}\n",
        5,
        "`asks budget` is nothing the bot does",
        "`ask`",
    ),
    "a talk without lines": (
        "flow: a\nsteps:\n  - say: {it: A, en: A}\ntests:\n  - talk: b\n",
        5,
        "A talk has `lines`",
        "",
    ),
    "too few spaces": (
        "flow: a\nsteps:\n  - say:\n      it: A\n     en: B\n",
        5,
        "not lined up",
        "as many spaces as its neighbours",
    ),
    "too many spaces": (
        "flow: a\n  steps:\n  - say: {it: A, en: A}\n",
        2,
        "colon in the middle of this line, or the line is indented further",
        "line the word up",
    ),
    "a tab": ("flow: a\nsteps:\n\t- say: {it: A, en: A}\n", 3, "a tab", "spaces"),
    "a colon in a text": (
        START + "  - say:\n      it: Ecco: tieni\n      en: Here\n",
        4,
        "colon in the middle of this line",
        "quotes",
    ),
    "a missing colon": (
        "flow: a\nsteps\n  - say: {it: A, en: A}\n",
        2,
        "A colon is missing",
        "word: value",
    ),
    "a quote that is never closed": (
        START + '  - say: {it: "Ciao, en: Hi}\n',
        3,
        "never closed",
        "Close it",
    ),
    "a bracket that is never closed": (
        START + "  - say: {it: Ciao, en: Hi\n  - say: {it: A, en: A}\n",
        4,
        "comma or a closing bracket is missing",
        "",
    ),
    "a text that begins with an asterisk": (
        START + "  - say: {it: *ciao, en: Hi}\n",
        3,
        "must not begin with *",
        "quotes",
    ),
    "an anchor": (START + "  - say: &x {it: A, en: A}\n", 3, "special meaning", ""),
    "a special character": ("flow: a\nsteps: \x07\n", 1, "cannot be read", ""),
    "too deep": ("flow: " + "[" * 60 + "]" * 60 + "\n", 1, "nested too deeply", ""),
}


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.replace(" ", "-"))
def test_a_mistake_is_told_with_its_line(write: Callable[..., Path], case: str) -> None:
    text, line, message, suggestion = MISTAKES[case]
    compiled = compile_flows(write(file=text), languages=("it", "en"))
    assert compiled.bundle is None
    told = [str(problem) for problem in compiled.problems]
    assert any(
        problem.line == line
        and problem.file == "dialogues/flows/file.yaml"
        and problem.severity == "error"
        and message in problem.message
        and suggestion in problem.suggestion
        for problem in compiled.problems
    ), told


def test_all_mistakes_are_told_at_once(write: Callable[..., Path]) -> None:
    folder = write(
        one=START + "  - sya: {it: A, en: A}\n  - go_to: nowhere\n",
        two="flow: b\nsteps:\n  - say: {it: A}\n",
    )
    lines = [(p.file, p.line) for p in compile_flows(folder, languages=("it", "en")).problems]
    assert lines == [
        ("dialogues/flows/one.yaml", 3),
        ("dialogues/flows/one.yaml", 4),
        ("dialogues/flows/two.yaml", 3),
    ]


def test_a_problem_reads_like_a_line_of_a_letter() -> None:
    problem = Problem(file="f.yaml", line=3, message="It is wrong.", suggestion="Mend it.")
    hint = problem.model_copy(update={"severity": "warning", "suggestion": "", "line": 1})
    assert str(problem) == "f.yaml:3  It is wrong. Mend it."
    assert pretty([hint, problem]) == (
        "f.yaml:3  It is wrong. Mend it.\nf.yaml:1  (warning) It is wrong."
    )


def test_a_folder_without_flows_says_so(tmp_path: Path) -> None:
    (problem,) = compile_flows(tmp_path, languages=("it",)).problems
    assert "no flows" in problem.message


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe flow")
    problems = compile_flows(tmp_path, languages=("it",)).problems
    assert any("cannot be read as text" in problem.message for problem in problems)


LABELS = """
flow: a
steps:
  - ask: b
    say: {it: Quale?, en: Which?}
    unclear: {it: Quale?, en: Which?}
    choices:
      - {value: x, it: Fammi vedere altri colori, en: Other colours}
      - {value: y, it: Va bene così, en: Fine}
"""


def test_a_label_that_a_channel_cannot_show_is_told(write: Callable[..., Path]) -> None:
    limits = {"whatsapp": {"button_label": 20}}
    compiled = compile_flows(write(a=LABELS), languages=("it", "en"), limits=limits)
    assert compiled.bundle is not None
    assert [str(problem) for problem in compiled.problems] == [
        "dialogues/flows/a.yaml:8  (warning) WhatsApp shows at most 20 characters on a button: "
        '"Fammi vedere altri colori" has 25. Shorten it.'
    ]


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ({"buttons": 3, "button_label": 24}, "24 characters on a button"),
        ({"buttons": 1, "button_label": 9, "list_rows": 10, "list_title": 24}, "24 characters in"),
        ({"quick_replies": 13, "quick_reply_label": 20}, "20 characters on a quick reply"),
        ({"buttons": 3, "button_label": 40}, ""),
        ({"buttons": 0, "button_label": 20}, ""),
    ],
)
def test_what_carries_a_choice_decides_its_length(
    write: Callable[..., Path], limit: dict[str, int], told: str
) -> None:
    problems = compile_flows(
        write(a=LABELS), languages=("it", "en"), limits={"channel": limit}
    ).problems
    assert bool(problems) is bool(told)
    assert all(told in problem.message for problem in problems)


SHOP = """
flow: a
start: {intents: [gret]}
steps:
  - say: {it: Ciao, en: Hi}
    choices: [{ask: ask_delivry, it: Spedizione, en: Delivery}]
"""


def test_intents_without_phrases_or_flows_are_told(write: Callable[..., Path]) -> None:
    problems = compile_flows(
        write(a=SHOP), languages=("it", "en"), intents={"greet", "ask_delivery", "affirm", "deny"}
    ).problems
    told = [(p.line, p.severity, p.message.split(":")[0], p.suggestion) for p in problems]
    assert (
        3,
        "error",
        "No example phrases exist for the intent `gret`.",
        "Did you mean `greet`?",
    ) in told
    assert (
        6,
        "error",
        "A tap asks for `ask_delivry`, which nobody answers.",
        "Did you mean `ask_delivery`?",
    ) in told
    assert sum(severity == "warning" for _, severity, _, _ in told) == 2


def test_hints_do_not_keep_flows_from_going_live(write: Callable[..., Path]) -> None:
    text = START + "  - ask: b\n    as: number\n    say: {it: B, en: B}\n  - handoff: purchse\n"
    compiled = compile_flows(write(a=text), languages=("it", "en"))
    assert compiled.bundle is not None
    assert [(p.line, p.severity) for p in compiled.problems] == [(3, "warning"), (6, "warning")]


def test_a_test_that_fails_says_what_happens_instead(write: Callable[..., Path]) -> None:
    text = (
        "flow: a\nstart: {intents: [greet]}\nsteps:\n  - say: {it: A, en: A}\n"
        "tests:\n  - {customer: ciao, bot: [say, say]}\n"
    )
    (problem,) = check(write(a=text), languages=("it", "en"), phrases={"Ciao!": "greet"})
    assert (problem.line, problem.message) == (
        6,
        '"ciao": expected [say, say], but the bot does [say].',
    )


def test_a_test_with_an_unknown_phrase_says_how_to_make_it_known(
    write: Callable[..., Path],
) -> None:
    text = (
        "flow: a\nstart: {intents: [greet]}\nsteps:\n  - say: {it: A, en: A}\n"
        "tests:\n  - {customer: ehilà, bot: [say]}\n"
    )
    (problem,) = check(write(a=text), languages=("it", "en"), phrases={"ciao": "greet"})
    assert "add it to the training data" in problem.suggestion
