"""Shows each step of a start while it runs, and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.status import Status


class Steps:
    """A list of steps on the terminal; on a pipe it prints one line for each that is done."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, name: str) -> Iterator["Step"]:
        """Show a step with a spinner until the block ends."""
        began = time.perf_counter()
        with self._console.status(f"{name} …") as status:
            step = Step(name, status)
            yield step
        took = time.perf_counter() - began
        note = f" [dim]{step.note}[/dim]" if step.note else ""
        self._console.print(f"[green]✓[/green] {name}{note} [dim]{took:.1f} s[/dim]")


class Step:
    """The step being shown."""

    def __init__(self, name: str, status: Status) -> None:
        self._name = name
        self._status = status
        self.note = ""

    def tell(self, what: str) -> None:
        """Say what the step is doing now."""
        self._status.update(f"{self._name} … [dim]{what}[/dim]")
