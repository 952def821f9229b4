"""What every test may ask for, those of a channel's folder too."""

import pytest

from bot.engine.process import free_port


@pytest.fixture
def unused_tcp_port() -> int:
    """Return a port to listen on that no outgoing connection can be given in the meantime."""
    return free_port()
