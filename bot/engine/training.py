"""Trains the engine's model when, and only when, something that it learns from has changed."""

import asyncio
import hashlib
import os
import sys
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.engine.commitments import COMMITMENT, check_commitments
from bot.engine.phrases import Phrase, Problem, read_phrases
from bot.errors import BadRequestError, EngineError
from dialogues import executor

ROOT = Path(__file__).resolve().parents[2]
RASA = Path(__file__).resolve().parent / "rasa"
PHRASES = ROOT / "training_data"
# What a model is made of besides the phrases; the rest of the engine's code may change freely.
LEARNED_FROM = (
    "config.yml",
    "domain.yml",
    "rules.yml",
    "train.py",
    "requirements.lock",
    "components/calibration.py",
    "components/features.py",
    "components/fitting.py",
    "components/language.py",
    "components/linear.py",
    "components/matrix.py",
    "components/shorthand.py",
    "components/understanding.py",
    "components/cues.py",
    "components/commitment.py",
    "components/buying.py",
)
KEPT = 3  # models; older ones are deleted after a training
Progress = Callable[[str], None]


class TrainingDataError(BadRequestError):
    """The example phrases cannot be learned from; the message lists file and line."""


class TrainingError(EngineError):
    """Rasa could not train; the message ends with what it said."""


def engine_python() -> Path:
    """Return the interpreter of the engine's environment (`DIALOGO_ENGINE_PYTHON` elsewhere)."""
    return Path(os.environ.get("DIALOGO_ENGINE_PYTHON", ROOT / ".venv-engine/bin/python"))


def check_phrases(languages: Sequence[str], phrases: Path = PHRASES) -> list[Problem]:
    """Return everything that is wrong with the example phrases."""
    return [*read_phrases(phrases, languages)[1], *check_commitments(phrases, languages)]


def fingerprint(languages: Sequence[str], phrases: Path = PHRASES) -> str:
    """Return what names the model that belongs to the files as they are now."""
    digest = hashlib.sha256(",".join(languages).encode())
    digest.update(",".join(executor.TOPICS).encode())
    named = [RASA / name for name in LEARNED_FROM]
    for language in languages:
        named += sorted((phrases / language).glob("**/*.yml"))
        named += [phrases / language / name for name in COMMITMENT]
    for path in named:
        content = path.read_bytes() if path.exists() else b""
        digest.update(f"\n{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def current_model(models: Path, languages: Sequence[str], phrases: Path = PHRASES) -> Path | None:
    """Return the model trained from the files as they are now, None when there is none."""
    path = models / f"{fingerprint(languages, phrases)}.tar.gz"
    return path if _is_whole(path) else None


def model_is_current(models: Path, languages: Sequence[str], phrases: Path = PHRASES) -> bool:
    """Tell whether nothing has changed since the last training."""
    return current_model(models, languages, phrases) is not None


def latest_model(models: Path) -> Path | None:
    """Return the newest model that can be read, whatever it was trained from."""
    found = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    return next((path for path in found if _is_whole(path)), None)


async def train(
    models: Path,
    languages: Sequence[str],
    *,
    phrases: Path = PHRASES,
    progress: Progress | None = None,
) -> Path:
    """Train, keep the model in `models` and return it; progress is told in a few words.

    The process is a child of its own, so an engine that serves meanwhile is not disturbed.
    """
    said, problems = read_phrases(phrases, languages)
    problems += check_commitments(phrases, languages)
    fatal = [str(problem) for problem in problems if problem.fatal]
    if fatal:
        listed = "\n".join(fatal[:20])
        raise TrainingDataError(f"The example phrases cannot be learned from:\n{listed}")
    models.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240  a moment, before minutes
    name = fingerprint(languages, phrases)
    with TemporaryDirectory(dir=models, prefix=".training-") as folder:
        work = Path(folder)
        _write_for_rasa(work, said, languages)
        _copy_commitments(work, phrases, languages)
        await _run(work, name, progress or (lambda _: None))
        path = models / f"{name}.tar.gz"
        (work / path.name).replace(path)
    _forget_old(models)
    return path


def _write_for_rasa(folder: Path, phrases: Sequence[Phrase], languages: Sequence[str]) -> None:
    """Write Rasa's files: phrases with their language noted, and a domain of what exists."""
    (folder / "nlu").mkdir()
    (folder / "domain").mkdir()
    intents = sorted({phrase.intent for phrase in phrases})
    for language in languages:
        entries = ['version: "3.1"', "nlu:"]
        for intent in intents:
            said = [p.text for p in phrases if (p.language, p.intent) == (language, intent)]
            entries += _entry(intent, language, said) if said else []
        _write(folder / "nlu" / f"{language}.yml", entries)
    actions = ["action_search_products", *(f"action_answer_{name}" for name in executor.TOPICS)]
    found = [f"intents: [{', '.join(intents)}]", f"actions: [{', '.join(actions)}]"]
    _write(folder / "domain" / "found.yml", ['version: "3.1"', *found])
    fixed = (RASA / "domain.yml").read_text(encoding="utf-8")
    _write(folder / "domain" / "fixed.yml", [fixed])


def _copy_commitments(folder: Path, phrases: Path, languages: Sequence[str]) -> None:
    """Lay what teaches the purchase decision beside Rasa's files."""
    for language in languages:
        for name in COMMITMENT:
            source = phrases / language / name
            if source.is_file():
                target = folder / "purchase" / language / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read_bytes())


def _entry(intent: str, language: str, phrases: Sequence[str]) -> list[str]:
    head = [f"- intent: {intent}", f"  metadata: {{language: {language}}}", "  examples: |"]
    return head + [f"    - {phrase}" for phrase in phrases]


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


async def _run(folder: Path, name: str, progress: Progress) -> None:
    python = engine_python()
    if not python.exists():
        raise TrainingError(f"The engine's environment is missing ({python}); run `make setup`")
    arguments = ("--data", folder, "--output", folder, "--name", name)
    child = await asyncio.create_subprocess_exec(
        *map(str, (python, RASA / "train.py", *arguments)),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    last: list[str] = []
    try:
        assert child.stdout is not None  # noqa: S101  asked for above
        async for raw in child.stdout:
            line = raw.decode(errors="replace").rstrip()
            if line.startswith("step: "):
                progress(line.removeprefix("step: "))
            elif line:
                last = [*last[-20:], line]
        code = await child.wait()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if code or not (folder / f"{name}.tar.gz").exists():
        raise TrainingError("Rasa could not train the model:\n" + "\n".join(last))


def _is_whole(path: Path) -> bool:
    try:
        with tarfile.open(path) as archive:
            return any(member.name.endswith("metadata.json") for member in archive)
    except (OSError, tarfile.TarError, EOFError):
        return False


def _forget_old(models: Path) -> None:
    found = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        path.unlink()


def _main() -> None:
    """Train from the command line: used by the engine's container image."""
    models, *languages = sys.argv[1:]
    asyncio.run(train(Path(models), languages or ["it", "en"], progress=print))


if __name__ == "__main__":
    _main()
