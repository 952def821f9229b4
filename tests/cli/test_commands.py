"""The `dialogo` command, as somebody types it: what it says, and its exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.engine import Bundles
from tests.cli.running import failure
from tests.system import free_port


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIALOGO_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DIALOGO_PORT", str(free_port()))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "var"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_every_command_explains_itself(data: Path) -> None:
    for words in ((), ("catalog",), ("channels",), ("bench",)):
        assert run(*words, "--help").exit_code == 0


def test_a_wrong_option_is_exit_code_two(data: Path) -> None:
    assert run("up", "--nonsense").exit_code == 2


def test_check_finds_the_shipped_dialogues_in_order(data: Path) -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "in order" in result.output


def test_publish_and_rollback_move_one_pointer(data: Path) -> None:
    assert run("publish").exit_code == 0
    first = Bundles(data / "bundles").current["version"]
    assert "no earlier version" in failure(run("rollback"))
    changed = {**Bundles(data / "bundles").current, "version": "other"}
    Bundles(data / "bundles").publish(changed)
    assert run("rollback").exit_code == 0
    assert Bundles(data / "bundles").current["version"] == first


def rows(*lines: dict[str, Any]) -> str:
    return "\n".join(json.dumps(line) for line in lines)


def product(id_: str, price: str) -> dict[str, Any]:
    variant = {"sku": id_, "price": price, "currency": "EUR", "stock": 3}
    return {"id": id_, "names": {"it": id_}, "category": "borse", "variants": [variant]}


def test_an_import_keeps_the_good_rows_and_names_the_bad_ones(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "products.jsonl"
    file.write_text(rows(product("siena", "139.00"), product("luna", "gratis")))
    data.mkdir()
    dry = run("catalog", "import", str(file), "--dry-run")
    assert "1 products, 1 variants would be imported" in dry.output
    result = run("catalog", "import", str(file))
    assert "1 products, 1 variants imported" in result.output
    assert "line 2" in result.output
    assert "gratis" in result.output
    assert "1 mistakes" in failure(result)


def test_an_import_of_a_file_that_is_not_there(data: Path) -> None:
    assert "There is no file" in failure(run("catalog", "import", "nowhere.csv"))


def test_channels_are_listed_and_shown(data: Path) -> None:
    listed = run("channels", "list")
    assert "whatsapp" in listed.output
    assert "messenger" in listed.output
    shown = run("channels", "show", "whatsapp")
    assert "DIALOGO_CHANNELS__WHATSAPP__APP_SECRET" in shown.output
    assert "no channel 'icq'" in failure(run("channels", "show", "icq"))


def test_a_scaffold_needs_a_free_name(data: Path) -> None:
    assert "already a channel" in failure(run("channels", "new", "whatsapp"))


def test_replay_says_which_fixtures_there_are_and_that_nobody_answers(data: Path) -> None:
    assert "has no fixture 'nonsense'" in failure(run("channels", "replay", "webchat", "nonsense"))
    assert "No gateway answers" in failure(run("channels", "replay", "whatsapp", "text"))


def test_chat_needs_a_running_gateway(data: Path) -> None:
    assert "No gateway answers" in failure(run("chat", "--channel", "whatsapp"))


def test_a_worker_needs_postgresql(data: Path) -> None:
    assert "needs PostgreSQL" in failure(run("worker"))
