"""What every adapter must do, checked for each folder in channels/ without naming any."""

from collections.abc import Callable
from pathlib import Path

import pytest

from channels import registry
from channels.testing import CHECKS, cases, replay_inbound, replay_outbound


def label(path: Path) -> str:
    return f"{path.parts[-4]}-{path.stem}"


@pytest.mark.parametrize("path", cases("inbound"), ids=label)
def test_a_call_is_read_as_its_fixture_says(path: Path) -> None:
    replay_inbound(path)


@pytest.mark.parametrize("path", cases("outbound"), ids=label)
async def test_a_message_is_sent_as_its_fixture_says(path: Path) -> None:
    await replay_outbound(path)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", registry.names())
def test_the_adapter_keeps_the_rules(name: str, check: Callable[[str], None]) -> None:
    check(name)
