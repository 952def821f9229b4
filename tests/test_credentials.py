"""Generated once, readable by their owner alone, the same for everybody who starts."""

import stat
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.credentials import Secrets, ensure_secrets
from bot.errors import ConfigurationError
from bot.settings import Settings


def _open(found: Secrets) -> tuple[str, ...]:
    return tuple(
        getattr(found, name).get_secret_value()
        for name in ("engine_token", "api_token", "admin_password", "signing_key", "demo_key")
    )


def _start(folder: str) -> tuple[str, ...]:
    return _open(ensure_secrets(Settings(data_dir=Path(folder))))


def test_the_second_start_has_the_same_and_nobody_else_can_read_them(tmp_path: Path) -> None:
    first, second = (ensure_secrets(Settings(data_dir=tmp_path)) for _ in range(2))
    assert _open(first) == _open(second)
    assert len(set(_open(first))) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_processes_that_start_together_for_the_first_time_have_the_same(tmp_path: Path) -> None:
    with get_context("spawn").Pool(4) as pool:
        for number in range(20):
            folder = str(tmp_path / str(number))
            assert len(set(pool.map(_start, [folder] * 8, chunksize=1))) == 1


def test_secrets_that_cannot_be_read_are_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"secrets\.json.*Delete it"):
        ensure_secrets(Settings(data_dir=tmp_path))
    assert path.read_text(encoding="utf-8") == "{"
