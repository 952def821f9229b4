"""Benchmarks from the command line; the measuring itself lives in tests/benchmarks."""

import json
import sys
from importlib import import_module
from pathlib import Path

import uvloop

from bot.cli import bench_search
from bot.errors import BadRequestError, ConfigurationError


def turns(*, runs: int, turns_wanted: int, database: str, stock: bool, stock_epochs: int) -> None:
    """Measure turns end to end and print JSON."""
    try:
        bench = import_module("tests.benchmarks.turns")
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "The benchmarks are in the project's checkout: run this from its folder."
        ) from error
    databases = ("sqlite", "postgresql") if database == "both" else (database,)
    plan = bench.Plan(
        runs=runs,
        turns=turns_wanted,
        databases=databases,
        stock=stock,
        stock_epochs=stock_epochs,
    )
    json.dump(uvloop.run(bench.measure(plan)), sys.stdout, indent=1)
    sys.stdout.write("\n")


def search(
    products: Path | None,
    queries: Path | None,
    labels: Path | None,
    *,
    generated: int,
    peers: bool,
) -> None:
    """Measure the product search and print JSON."""
    if (products is None) == (generated == 0):
        raise BadRequestError("Give either --products FILE or --generated N.")
    for path in (products, queries, labels):
        if path is not None and not path.is_file():
            raise BadRequestError(f"There is no file {path}.")
    if products is not None and queries is None:
        raise BadRequestError("Give --queries FILE for the products of a file.")
    bench_search.run(bench_search.Bench(products, queries, labels, generated, peers))
