"""What is found in messages that people have labelled; `dialogo bench entities` prints the same."""

from pathlib import Path
from typing import Any

import pytest

from bot.engine import measure_entities
from bot.errors import EngineError
from tests.engine_fixture import trained_model

ROWS = Path(__file__).parent
PARTS = ("seen", "unseen", "third", "fourth")
LEAST = 0.95
LEAST_OF_ONE = 0.85  # an entity with few rows swings more
FEWEST_ROWS = 8
pytestmark = pytest.mark.engine


def figures(lookups: Path, *names: str) -> dict[str, Any]:
    return measure_entities(
        tests=[ROWS / name for name in names], model=trained_model(), lookups=lookups, errors=True
    )


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["it", "en"])
def test_each_part_reaches_the_goal(lookups_file: Path, language: str, part: str) -> None:
    found = figures(lookups_file, f"{language}_{part}.txt")

    assert found["f1"] >= LEAST, found["errors"]


@pytest.mark.parametrize("language", ["it", "en"])
def test_no_entity_is_left_behind(lookups_file: Path, language: str) -> None:
    found = figures(lookups_file, *(f"{language}_{part}.txt" for part in PARTS))
    assert found["rows"] >= 250
    often = {n: e for n, e in found["entities"].items() if e["labelled"] >= FEWEST_ROWS}
    assert len(often) >= 10
    for name, entity in often.items():
        assert min(entity["precision"], entity["recall"]) >= LEAST_OF_ONE, name


def test_a_row_that_cannot_be_read_is_named(lookups_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    path.write_text("cerco una borsa | category\n", encoding="utf-8")
    with pytest.raises(EngineError, match=r"rows.txt:1: write .message | entity=value"):
        measure_entities(tests=[path], model=trained_model(), lookups=lookups_file)
