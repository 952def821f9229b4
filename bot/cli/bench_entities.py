"""Entities measured from the command line, with the words of the demo shop or of a running one."""

import asyncio
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from bot.db.inline import DRIVER
from bot.engine import current_model, latest_model, measure_entities, train
from bot.engine.measuring_entities import LABELLED_ON
from bot.settings import Settings
from catalog import Catalog, Table, load_demo


def run(*, tests: list[Path], lookups: Path | None, today: str | None, errors: bool) -> None:
    """Measure with the current model and print JSON."""
    day = date.fromisoformat(today) if today else LABELLED_ON
    model = asyncio.run(_model(Settings()))
    with TemporaryDirectory() as folder:
        words = lookups or asyncio.run(_demo_words(Path(folder)))
        figures = measure_entities(
            tests=tests, model=model, lookups=words, today=day, errors=errors
        )
    json.dump(figures, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


async def _model(settings: Settings) -> Path:
    models = settings.data_dir / "models"
    found = current_model(models, settings.languages) or latest_model(models)
    return found or await train(models, settings.languages)


async def _demo_words(folder: Path) -> Path:
    path = folder / "shop.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        Table.metadata.create_all(conn)
        load_demo(conn)
    engine.dispose()
    reading = create_async_engine(f"{DRIVER}:///{path}")
    catalog = Catalog(async_sessionmaker(reading), None, timedelta(days=1), ("it", "en"))
    words: dict[str, Any] = await catalog.lookups()
    await reading.dispose()
    (folder / "lookups.json").write_text(json.dumps(words), encoding="utf-8")
    return folder / "lookups.json"
