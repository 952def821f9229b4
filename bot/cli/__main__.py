"""Lets `python -m bot.cli` be the `dialogo` command."""

from bot.cli import main

main()
