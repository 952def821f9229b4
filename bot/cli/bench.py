"""Benchmarks from the command line; the measuring itself lives in tests/benchmarks."""

import asyncio
import json
import sys
from importlib import import_module

from bot.errors import ConfigurationError


def turns(*, runs: int, turns_wanted: int, database: str, stock: bool) -> None:
    """Measure turns end to end and print JSON."""
    try:
        bench = import_module("tests.benchmarks.turns")
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "The benchmarks are in the project's checkout: run this from its folder."
        ) from error
    databases = ("sqlite", "postgresql") if database == "both" else (database,)
    plan = bench.Plan(runs=runs, turns=turns_wanted, databases=databases, stock=stock)
    json.dump(asyncio.run(bench.measure(plan)), sys.stdout, indent=1)
    sys.stdout.write("\n")
