"""What is learned from, when it is learned again, and what is said when it cannot be."""

import os
import shutil
import tarfile
from pathlib import Path

import pytest

from bot.engine import (
    TrainingDataError,
    TrainingError,
    check_phrases,
    current_model,
    fingerprint,
    latest_model,
    model_is_current,
    train,
)
from bot.engine.training import PHRASES, RASA, _forget_old

GOOD = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - ciao\n    - salve\n'


def write(folder: Path, content: str, language: str = "it", name: str = "a.yml") -> Path:
    path = folder / language / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def told(folder: Path, *languages: str) -> list[str]:
    problems = check_phrases(languages or ("it",), folder)
    return [f"{problem.path.name}:{problem.line} {problem.text}" for problem in problems]


def test_our_own_phrases_have_no_mistakes() -> None:
    assert [str(p) for p in check_phrases(("it", "en")) if p.fatal] == []


def test_good_phrases_have_no_mistakes(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("nlu: [", 1, "not YAML"),
        ("stories: []", 1, "needs a list under `nlu:`"),
        ("- a\n- b\n", 1, "needs a list under `nlu:`"),
        ("nlu:\n- intent: Not Good\n  examples: |\n    - a\n", 2, "name_in_small_letters"),
        ("nlu:\n- synonym: a\n  examples: |\n    - a\n", 2, "name_in_small_letters"),
        ("nlu:\n- intent: greet\n", 2, "needs `examples: |`"),
        ("nlu:\n- intent: greet\n  examples:\n  - ciao\n", 2, "needs `examples: |`"),
        ("nlu:\n- intent: greet\n  examples: |\n    - ciao\n    salve\n", 5, "begins with `- `"),
        ("nlu:\n- intent: greet\n  examples: |\n    - ciao\n    -\n", 5, "begins with `- `"),
        ("nlu:\n- intent: greet\n  examples: |\n    - ciao\n", 4, "at least 2 phrases"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, content: str, line: int, words: str
) -> None:
    write(tmp_path, content)
    problem = told(tmp_path)[0]
    assert problem.startswith(f"a.yml:{line} ")
    assert words in problem


def test_a_phrase_that_means_two_things_names_both_places(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("greet", "thanks").replace("salve", "grazie"), name="b.yml")
    problems = told(tmp_path)
    assert len(problems) == 1
    assert problems[0].startswith("b.yml:5 “ciao” already means `greet`")
    assert "a.yml:5" in problems[0]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "it" / "b.yml").write_bytes(b"nlu: \xff")
    assert any("not UTF-8" in problem for problem in told(tmp_path))


def test_an_intent_missing_in_a_language_is_told_but_does_not_stop_training(
    tmp_path: Path,
) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("greet", "thanks"), language="en")
    problems = check_phrases(("it", "en"), tmp_path)
    assert len(problems) == 2
    assert not any(problem.fatal for problem in problems)


def test_a_language_without_phrases_is_told(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert any("no example phrases" in problem for problem in told(tmp_path, "it", "en"))


async def test_broken_phrases_are_not_trained_on(tmp_path: Path) -> None:
    write(tmp_path / "data", "nlu: [")
    with pytest.raises(TrainingDataError, match=r"a\.yml:1  This is not YAML"):
        await train(tmp_path / "models", ("it",), phrases=tmp_path / "data")
    assert not (tmp_path / "models").exists()


async def test_a_training_that_fails_tells_what_rasa_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "data", GOOD)
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'step: Training'\necho 'no memory left' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setenv("DIALOGO_ENGINE_PYTHON", str(python))
    heard: list[str] = []
    with pytest.raises(TrainingError, match="no memory left"):
        await train(tmp_path / "models", ("it",), phrases=tmp_path / "data", progress=heard.append)
    assert heard == ["Training"]
    assert list((tmp_path / "models").iterdir()) == []


async def test_training_without_the_engines_environment_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "data", GOOD)
    monkeypatch.setenv("DIALOGO_ENGINE_PYTHON", str(tmp_path / "nowhere"))
    with pytest.raises(TrainingError, match="make setup"):
        await train(tmp_path / "models", ("it",), phrases=tmp_path / "data")


@pytest.mark.engine
def test_the_trained_model_is_the_current_one(model: Path) -> None:
    assert current_model(model.parent, ("it", "en")) == model
    assert model_is_current(model.parent, ("it", "en"))


def test_a_new_phrase_asks_for_a_new_model(tmp_path: Path) -> None:
    phrases = tmp_path / "data"
    write(phrases, GOOD)
    before = fingerprint(("it",), phrases)
    assert fingerprint(("it",), phrases) == before
    write(phrases, GOOD + "    - ehi\n")
    assert fingerprint(("it",), phrases) != before


def test_a_change_of_the_engines_configuration_asks_for_a_new_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(("it",))
    copied = tmp_path / "rasa"
    shutil.copytree(RASA, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("bot.engine.training.RASA", copied)
    assert fingerprint(("it",)) == before
    (copied / "config.yml").write_text("pipeline: []\n")
    assert fingerprint(("it",)) != before


def test_a_torn_model_does_not_count(tmp_path: Path) -> None:
    torn = tmp_path / f"{fingerprint(('it',))}.tar.gz"
    torn.write_bytes(b"\x1f\x8b broken")
    assert current_model(tmp_path, ("it",)) is None
    assert latest_model(tmp_path) is None


def test_the_newest_whole_model_serves_while_none_is_current(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text("{}")
    for age, name in enumerate(("new", "old")):
        with tarfile.open(tmp_path / f"{name}.tar.gz", "w:gz") as archive:
            archive.add(tmp_path / "metadata.json", "metadata.json")
        os.utime(tmp_path / f"{name}.tar.gz", (1000 - age, 1000 - age))
    (tmp_path / "torn.tar.gz").write_bytes(b"")
    found = latest_model(tmp_path)
    assert found
    assert found.name == "new.tar.gz"


def test_only_the_last_models_are_kept(tmp_path: Path) -> None:
    for age in range(6):
        path = tmp_path / f"{age}.tar.gz"
        path.write_bytes(b"")
        os.utime(path, (1000 - age, 1000 - age))
    _forget_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.tar.gz", "1.tar.gz", "2.tar.gz"]


def test_the_phrases_belong_to_the_project() -> None:
    assert PHRASES.is_dir()


@pytest.mark.engine
async def test_training_makes_the_current_model_and_tells_how_far_it_is(tmp_path: Path) -> None:
    phrases, models = tmp_path / "data", tmp_path / "models"
    write(phrases, GOOD + "- intent: thanks\n  examples: |\n    - grazie\n    - grazie mille\n")
    write(phrases, "nlu:\n- intent: greet\n  examples: |\n    - hello\n    - hi\n", language="en")
    heard: list[str] = []
    path = await train(models, ("it", "en"), phrases=phrases, progress=heard.append)
    assert heard == ["Loading Rasa", "Training", "Done"]
    assert current_model(models, ("it", "en"), phrases) == path
    assert [found.name for found in models.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "content", "line", "words"),
    [
        ("purchase.txt", "+ la prendo\nla compro\n", 2, "begins with `+ `"),
        ("purchase.txt", "+ la prendo\n- \n", 2, "begins with `+ `"),
        ("purchase.txt", "# a\n+ la prendo\n\n- La prendo\n", 4, "marked `+` in line 2"),
        ("cues.txt", "act: prendo\nnever: mai\n", 2, "the names are act, not"),
        ("cues.txt", "act:\n", 1, "`name: word, word`"),
    ],
)
def test_a_mistake_in_what_teaches_the_purchase_is_told_with_its_line(
    tmp_path: Path, name: str, content: str, line: int, words: str
) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, content, name=name)
    (problem,) = told(tmp_path)
    assert problem.startswith(f"{name}:{line} ")
    assert words in problem


def test_the_model_is_trained_anew_when_a_commitment_changes(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    before = fingerprint(("it",), tmp_path)
    write(tmp_path, "+ la prendo\n", name="purchase.txt")
    assert fingerprint(("it",), tmp_path) != before
