"""Mistakes in flow files are told in plain words, with file, line and a way out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dialogues.compiler import Problem, check, compile_flows, pretty

START = "flow: a\nsteps:\n"

MISTAKES: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("mistakes.yaml")
)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.replace(" ", "-"))
def test_a_mistake_is_told_with_its_line(write: Callable[..., Path], case: str) -> None:
    mistake = MISTAKES[case]
    compiled = compile_flows(write(file=mistake["file"]), languages=("it", "en"))
    assert compiled.bundle is None
    told = [str(problem) for problem in compiled.problems]
    assert any(
        problem.line == mistake["line"]
        and problem.file == "dialogues/flows/file.yaml"
        and problem.severity == "error"
        and mistake["says"] in problem.message
        and mistake["suggests"] in problem.suggestion
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


def test_a_name_may_stand_in_the_wordings_of_one_language_only(write: Callable[..., Path]) -> None:
    folder = write(a=START + '  - say: {it: ["Ciao!", "Ciao {name}!"], en: Hi}\n')
    assert not compile_flows(folder, languages=("it", "en")).problems


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
