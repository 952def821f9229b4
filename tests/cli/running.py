"""How the tests of the commands run them."""

from typer.testing import CliRunner, Result

from bot.cli.root import app
from bot.errors import AppError


def run(*words: str) -> Result:
    """Run a command in a terminal wide enough for whole lines."""
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})


def failure(result: Result) -> str:
    """An expected failure is one line on standard error and exit code 1 (`bot.cli.main`)."""
    assert isinstance(result.exception, AppError), result.output
    return str(result.exception)
