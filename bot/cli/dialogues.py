"""Flows and training data from the command line: check, publish, roll back, train."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

from bot import engine
from bot.app import build_channels
from bot.cli.steps import Steps
from bot.credentials import ensure_secrets
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
        intents=set(phrases_of(settings).values()),
        limits=channel_limits(),
    )
    if compiled.bundle is None:
        wrong = [problem for problem in compiled.problems if problem.severity == "error"]
        raise BadRequestError("The flows have mistakes:\n" + compiler.pretty(wrong))
    bundle: Bundle = compiled.bundle
    return bundle


def phrases_of(settings: Settings) -> dict[str, str]:
    """Return the example phrases with their intents."""
    phrases, _ = engine.read_phrases(engine.PHRASES, settings.languages)
    return {phrase.text: phrase.intent for phrase in phrases}


def channel_limits() -> Mapping[str, Mapping[str, Any]]:
    """Return what the linter needs to know of each channel, as plain numbers."""
    names = ("buttons", "button_label", "list_rows", "list_title", "quick_replies")
    limits = {}
    for name in registry.names():
        can = registry.load(name).capabilities
        limits[name] = {field: getattr(can, field) for field in names}
        limits[name]["quick_reply_label"] = can.quick_reply_label
    return limits


def check() -> None:
    """Print everything that is wrong; exit code 1 when something must be mended."""
    settings = Settings()
    console = Console(highlight=False)
    phrases = phrases_of(settings)
    problems = compiler.check(
        FLOWS, languages=settings.languages, limits=channel_limits(), phrases=phrases
    )
    taught = engine.check_phrases(settings.languages)
    if problems:
        console.print(compiler.pretty(problems), markup=False, soft_wrap=True)
    for problem in taught:
        console.print(str(problem), markup=False, soft_wrap=True)
    # Also says which channel lacks a setting.
    build_channels(settings, ensure_secrets(settings))
    fatal = sum(problem.severity == "error" for problem in problems)
    fatal += sum(problem.fatal for problem in taught)
    if fatal:
        raise BadRequestError(f"{fatal} to mend, see above.")
    console.print(f"{len(list(FLOWS.glob('*.yaml')))} files, {len(phrases)} phrases: in order.")


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


def train_if_needed(settings: Settings, tell: Callable[[str], None], *, force: bool = False) -> str:
    """Train unless the newest model fits the training data, and say which model it is."""
    models = settings.data_dir / "models"
    current = engine.current_model(models, settings.languages)
    if current is not None and not force:
        return current.name.removesuffix(".tar.gz")
    path = asyncio.run(engine.train(models, settings.languages, progress=tell))
    return path.name.removesuffix(".tar.gz")
