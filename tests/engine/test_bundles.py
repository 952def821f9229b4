"""Publishing, rolling back, and reading what is current."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.engine import Bundles
from bot.errors import ConflictError, NotFoundError


def bundle(version: str) -> dict[str, Any]:
    return {"version": version, "flows": {}, "texts": {"a": {"it": [version]}}}


def test_nothing_is_current_before_the_first_publication(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="dialogo publish"):
        _ = Bundles(tmp_path).current


def test_what_is_published_is_current(tmp_path: Path) -> None:
    bundles = Bundles(tmp_path)
    assert bundles.publish(bundle("a")) == "a"
    assert bundles.current == bundle("a")


def test_another_process_sees_a_publication(tmp_path: Path) -> None:
    here, there = Bundles(tmp_path), Bundles(tmp_path)
    here.publish(bundle("a"))
    assert there.current["version"] == "a"
    here.publish(bundle("b"))
    assert there.current["version"] == "b"


def test_rolling_back_goes_to_what_was_in_force_before(tmp_path: Path) -> None:
    bundles = Bundles(tmp_path)
    for version in "abc":
        bundles.publish(bundle(version))
    assert bundles.rollback() == "b"
    assert bundles.rollback() == "a"
    assert bundles.current["version"] == "a"
    with pytest.raises(ConflictError):
        bundles.rollback()


def test_publishing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    bundles = Bundles(tmp_path)
    bundles.publish(bundle("a"))
    bundles.publish(bundle("a"))
    assert [entry.version for entry in bundles.history()] == ["a"]


def test_publishing_an_old_version_again_makes_it_current(tmp_path: Path) -> None:
    bundles = Bundles(tmp_path)
    for version in ("a", "b", "a"):
        bundles.publish(bundle(version))
    assert bundles.current["version"] == "a"
    assert bundles.rollback() == "b"


def test_history_tells_every_move_newest_first(tmp_path: Path) -> None:
    bundles = Bundles(tmp_path)
    bundles.publish(bundle("a"))
    bundles.publish(bundle("b"))
    bundles.rollback()
    moves = [(entry.version, entry.how) for entry in bundles.history()]
    assert moves == [("a", "rollback"), ("b", "publish"), ("a", "publish")]


def test_older_versions_stay_readable_for_open_flows(tmp_path: Path) -> None:
    bundles = Bundles(tmp_path)
    bundles.publish(bundle("a"))
    bundles.publish(bundle("b"))
    assert bundles.get("a") == bundle("a")


@pytest.mark.parametrize("version", ["nowhere", "../secrets", "a/b", "", "a" * 65])
def test_a_version_that_is_not_there_is_said_so(tmp_path: Path, version: str) -> None:
    with pytest.raises(NotFoundError):
        Bundles(tmp_path).get(version)


def test_many_publications_at_once_lose_none(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: Bundles(tmp_path).publish(bundle(f"v{n}")), range(24)))
    bundles = Bundles(tmp_path)
    assert {entry.version for entry in bundles.history()} == {f"v{n}" for n in range(24)}
    assert bundles.current["version"] == bundles.history()[0].version
