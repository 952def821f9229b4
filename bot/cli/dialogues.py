"""Flows and training data from the command line: check, publish, roll back, train."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

from bot import engine
from bot.cli.steps import Steps
from bot.engine import Bundle, Bundles
from bot.errors import BadRequestError
from bot.settings import Settings
from channels import registry
from dialogues import compiler

FLOWS = engine.ROOT / "dialogues" / "flows"


def compile_all(settings: Settings) -> Bundle:
    """Compile the flows; BadRequestError lists every mistake with file and line."""
    compiled = compiler.compile_flows(
        FLOWS,
        languages=settings.languages,
        intents=known_intents(settings),
        limits=channel_limits(),
    )
    errors = [str(problem) for problem in compiled.problems if problem.severity == "error"]
    if errors:
        raise BadRequestError("The flows have mistakes:\n" + "\n".join(errors))
    bundle: Bundle = compiled.bundle
    return bundle


def known_intents(settings: Settings) -> set[str]:
    """Return the intents that the training data teaches."""
    phrases, _ = engine.read_phrases(engine.PHRASES, settings.languages)
    return {phrase.intent for phrase in phrases}


def channel_limits() -> Mapping[str, Mapping[str, Any]]:
    """Return what the linter needs to know of each channel, as plain values."""
    limits = {}
    for name in registry.names():
        can = registry.load(name).capabilities
        limits[name] = {
            "title": registry.load(name).title,
            "button_label": can.button_label if can.buttons else can.quick_reply_label,
            "list_title": can.list_title,
            "max_text": can.max_text,
        }
    return limits


def check() -> None:
    """Print everything that is wrong; exit code 1 when something must be mended."""
    settings = Settings()
    console = Console(highlight=False)
    phrases, found = engine.read_phrases(engine.PHRASES, settings.languages)
    compiled = compiler.compile_flows(
        FLOWS,
        languages=settings.languages,
        intents={phrase.intent for phrase in phrases},
        limits=channel_limits(),
    )
    fatal = sum(problem.fatal for problem in found)
    fatal += sum(problem.severity == "error" for problem in compiled.problems)
    for problem in [*compiled.problems, *found]:
        console.print(str(problem), markup=False, soft_wrap=True)
    if not fatal:
        said = {phrase.text: phrase.intent for phrase in phrases}
        failures = compiler.run_tests(compiled.bundle, said)
        for failure in failures:
            console.print(str(failure), markup=False, soft_wrap=True)
        fatal += len(failures)
    if fatal:
        raise BadRequestError(f"{fatal} to mend, see above.")
    flows = len(compiled.bundle["flows"])
    console.print(f"{flows} flows and {len(phrases)} phrases: all in order.")


def publish() -> None:
    """Compile and put into force."""
    settings = Settings()
    bundle = compile_all(settings)
    version = Bundles(settings.data_dir / "bundles").publish(bundle)
    Console().print(f"Published {version}: live at the next message.")


def rollback() -> None:
    """Go back one version."""
    version = Bundles(Settings().data_dir / "bundles").rollback()
    Console().print(f"Back to {version}: live at the next message.")


def train(*, force: bool) -> None:
    """Train when needed and say what was done."""
    settings = Settings()
    with Steps(Console()).step("Model") as step:
        step.note = train_if_needed(settings, step.tell, force=force)


def train_if_needed(
    settings: Settings, tell: Callable[[str], None], *, force: bool = False
) -> str:
    """Train unless the newest model fits the training data, and say which model it is."""
    models = settings.data_dir / "models"
    current = engine.current_model(models, settings.languages)
    if current is not None and not force:
        return current.name.removesuffix(".tar.gz")
    path = asyncio.run(engine.train(models, settings.languages, progress=tell))
    return path.name.removesuffix(".tar.gz")
