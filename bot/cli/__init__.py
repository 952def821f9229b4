"""The `dialogo` command."""

import sys

from pydantic import ValidationError

from bot.cli.root import app
from bot.errors import AppError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command; an expected failure is one line and exit code 1, a wrong call 2."""
    try:
        app()
    except AppError as error:
        sys.stderr.write(f"dialogo: {error}\n")
        sys.exit(1)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            name = "__".join(str(part) for part in problem["loc"]).upper()
            sys.stderr.write(f"dialogo: DIALOGO_{name}: {problem['msg']}\n")
        sys.exit(1)
