"""`dialogo chat` with lines from a pipe: each is said after the answer to the one before."""

import subprocess
import sys

import pytest

from tests.system import ROOT, Gateway

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    ("channel", "lines", "heard"),
    [
        ("whatsapp", ["ciao", "quanto costa la borsa luna?"], ["99 €"]),
        ("messenger", ["hi there", "how much is the luna bag?", "/99"], ["€99", "99"]),
    ],
)
def test_lines_from_a_pipe_are_answered_one_by_one(
    gateway: Gateway, channel: str, lines: list[str], heard: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", "--channel", channel],
        input="\n".join(lines) + "\n",
        cwd=ROOT,
        env=gateway.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    for line in lines:
        assert f"> {line}" in done.stdout
    before, _, after = done.stdout.partition(f"> {lines[1]}")
    assert "│" in before  # the greeting was answered before the question was said
    assert all(text in after for text in heard)
