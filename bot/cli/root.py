"""The commands, each in the module that does its work; imported only when called.

A command starts in a fraction of a second because nothing heavy is imported here.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.catalog_commands import catalog

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Run and look after a conversational sales bot.",
)
channels = typer.Typer(no_args_is_help=True, help="Messaging channels.")
bench = typer.Typer(no_args_is_help=True, help="Measure; the result is JSON on standard output.")
app.add_typer(catalog, name="catalog")
app.add_typer(channels, name="channels")
app.add_typer(bench, name="bench")

Port = Annotated[int | None, typer.Option(help="Default: DIALOGO_PORT or 8000.")]


@app.command()
def up(
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty catalog.")] = False,
    no_engine: Annotated[bool, typer.Option("--no-engine", help="Engines run elsewhere.")] = False,
    port: Port = None,
) -> None:
    """Start engine and gateway in the foreground; Ctrl-C stops both."""
    from bot.cli.up import run

    run(demo=demo, no_engine=no_engine, port=port)


@app.command()
def worker() -> None:
    """Run a further worker beside the gateway (needs PostgreSQL)."""
    from bot.cli.work import run

    run()


@app.command()
def engine(
    host: Annotated[str, typer.Option(help="A private address; never a public one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option()] = 5005,
) -> None:
    """Run only the engine, for a container or a machine of its own."""
    from bot.cli.engine import run

    run(host=host, port=port)


@app.command()
def chat(
    channel: Annotated[str, typer.Option(help="whatsapp, messenger or webchat.")] = "whatsapp",
    script: Annotated[Path | None, typer.Option(help="Run and check a talk, or a folder.")] = None,
    name: Annotated[str, typer.Option(help="Who you are.")] = "Giulia Rossi",
    customer: Annotated[str | None, typer.Option(help="Phone number or id; default: new.")] = None,
    port: Port = None,
) -> None:
    """Talk as a customer of a channel, through real signed webhooks at the running gateway."""
    from bot.cli.talk import run

    run(channel=channel, script=script, name=name, customer=customer, port=port)


@app.command()
def check() -> None:
    """Look over flows, texts, training data and the channels' settings."""
    from bot.cli.dialogues import check as look_over

    look_over()


@app.command()
def train(
    force: Annotated[bool, typer.Option("--force", help="Also when nothing has changed.")] = False,
) -> None:
    """Train the engine's model from training_data/ when no model fits it."""
    from bot.cli.dialogues import train as run

    run(force=force)


@app.command()
def publish() -> None:
    """Compile dialogues/flows and put them into force, live at the next message."""
    from bot.cli.dialogues import publish as run

    run()


@app.command()
def rollback() -> None:
    """Go back to the dialogues that were in force before."""
    from bot.cli.dialogues import rollback as run

    run()


@channels.command("list")
def list_channels() -> None:
    """Show every channel, whether it is switched on, and its limits."""
    from bot.cli.platforms import list_all

    list_all()


@channels.command("show")
def show_channel(name: str) -> None:
    """Show the settings that a channel needs, with the names of their variables."""
    from bot.cli.platforms import show

    show(name)


@channels.command("new")
def new_channel(
    name: str, title: Annotated[str | None, typer.Option(help="As people write it.")] = None
) -> None:
    """Make the folder of a new channel, with tests that already pass."""
    from bot.cli.platforms import new

    new(name, title)


@channels.command("replay")
def replay_fixture(
    name: str,
    fixture: Annotated[str, typer.Argument(help="Name of a file in the channel's fixtures.")],
    to: Annotated[str | None, typer.Option(help="Address of the gateway.")] = None,
) -> None:
    """Post a fixture, rightly signed, at a running gateway."""
    from bot.cli.platforms import replay

    replay(name, fixture, to)


@bench.command("turns")
def bench_turns(
    runs: Annotated[int, typer.Option(min=1, help="Each figure is the median of so many.")] = 3,
    turns: Annotated[int, typer.Option(min=50)] = 600,
    database: Annotated[Literal["sqlite", "postgresql", "both"], typer.Option()] = "both",
    stock: Annotated[bool, typer.Option(help="Also measure stock Rasa.")] = True,
) -> None:
    """Turns per second and latency, end to end, beside stock Rasa's own connector."""
    from bot.cli.bench import turns as run

    run(runs=runs, turns_wanted=turns, database=database, stock=stock)


@bench.command("entities")
def bench_entities(
    test: Annotated[list[Path], typer.Option(exists=True, help="Labelled messages; repeat it.")],
    lookups: Annotated[
        Path | None, typer.Option(exists=True, help="A catalog's words; default: the demo shop's.")
    ] = None,
    today: Annotated[str | None, typer.Option(help="The day the rows were labelled on.")] = None,
    errors: Annotated[bool, typer.Option(help="Add the rows that went wrong.")] = False,
) -> None:
    """Precision and recall of prices, sizes, days, refusals and references, by entity."""
    from bot.cli.bench_entities import run

    run(tests=test, lookups=lookups, today=today, errors=errors)


@bench.command("search")
def bench_search(
    products: Annotated[Path | None, typer.Option(help="CSV, may be gzipped.")] = None,
    queries: Annotated[Path | None, typer.Option(help='JSON Lines: "query_id", "query".')] = None,
    labels: Annotated[Path | None, typer.Option(help="CSV: query_id, product_id, grade.")] = None,
    generated: Annotated[int, typer.Option(min=0, help="Make so many products instead.")] = 0,
    peers: Annotated[bool, typer.Option(help="Also SQLite FTS5 and PostgreSQL.")] = False,
) -> None:
    """Quality and speed of the product search, with judged queries."""
    from bot.cli.bench import search as run

    run(products, queries, labels, generated=generated, peers=peers)


@bench.command("intent")
def bench_intent(
    test: Annotated[Path, typer.Option(help='Rows {"text", "label": "purchase" or "other"}.')],
    errors: Annotated[bool, typer.Option("--errors", help="Add the rows that went wrong.")] = False,
) -> None:
    """Precision and recall of the purchase decision of the current model, by the words alone."""
    from bot.cli.bench_intent import run

    run(test=test, errors=errors)


@bench.command("nlu")
def bench_nlu(
    train: Annotated[Path, typer.Option(help="Rows to learn from.")],
    test: Annotated[Path, typer.Option(help='Rows to judge; "oos" is out of scope.')],
    pipeline: Annotated[
        Literal["ours", "stock"], typer.Option(help="stock is Rasa's default, with DIET.")
    ] = "ours",
    errors: Annotated[bool, typer.Option("--errors", help="Add the rows that went wrong.")] = False,
) -> None:
    """Intents of labelled rows: JSON Lines of {"text", "label"}; exit code 2 for a bad file."""
    from bot.cli.bench_nlu import run

    run(train=train, test=test, pipeline=pipeline, errors=errors)
