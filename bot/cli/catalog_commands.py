"""The commands under `dialogo catalog`; each is imported only when it is called."""

from pathlib import Path
from typing import Annotated

import typer

catalog = typer.Typer(no_args_is_help=True, help="Products, prices, stock, reviews.")
sources = typer.Typer(no_args_is_help=True, help="Feeds, folders and shops read regularly.")
reviews = typer.Typer(no_args_is_help=True, help="What customers say.")
catalog.add_typer(sources, name="sources")
catalog.add_typer(reviews, name="reviews")

Language = Annotated[str | None, typer.Option(help="Of texts that do not say theirs.")]
Currency = Annotated[str, typer.Option(help="Of prices that do not say theirs.")]
BaseUrl = Annotated[str, typer.Option(help="Completes links and pictures without a host.")]
Format = Annotated[
    str,
    typer.Option(
        help="auto, csv, google-xml, google-tsv, meta, shopify, woocommerce, magento or jsonl."
    ),
]


@catalog.command("import")
def import_catalog(  # noqa: PLR0913 - one argument for each option
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XML or JSON Lines; may be gzipped.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help="Hide the products that are not in the file.")
    ] = False,
    format: Format = "auto",  # noqa: A002 - the name of the option
    language: Language = None,
    currency: Currency = "EUR",
    base_url: BaseUrl = "",
) -> None:
    """Read products from a file; rows with mistakes are named, the good ones are kept."""
    from bot.cli.products import import_file

    import_file(
        file,
        dry_run=dry_run,
        complete=complete,
        format=format,
        language=language,
        currency=currency,
        base_url=base_url,
    )


@catalog.command("imports")
def list_imports(
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="Show all of one.")] = None,
) -> None:
    """Show what the last imports did, or one with all its problems."""
    from bot.cli.products import list_imports as show

    show(id_)


@catalog.command("shop")
def put_shop(
    file: Annotated[Path, typer.Argument(help="YAML, in the form of catalog/demo/shop.yaml.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look for mistakes.")] = False,
) -> None:
    """Put the facts about the shop in place: hours, delivery, returns, texts, sizes, needs."""
    from bot.cli.shop_facts import put

    put(file, dry_run=dry_run)


@catalog.command("words")
def put_words(
    file: Annotated[Path, typer.Argument(help="YAML, in the form of catalog/demo/words.yaml.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look for mistakes.")] = False,
) -> None:
    """Put the words in place by which customers call categories, colours, materials, people."""
    from bot.cli.shop_facts import put_words as put

    put(file, dry_run=dry_run)


@sources.command("list")
def list_sources() -> None:
    """Show every source with its last result."""
    from bot.cli.sources import list_all

    list_all()


@sources.command("add")
def add_source(  # noqa: PLR0913 - one argument for each option
    name: Annotated[str, typer.Argument(help="Small letters, digits, underscores.")],
    address: Annotated[str, typer.Argument(help="A web address, a folder, or the shop's.")],
    kind: Annotated[str | None, typer.Option(help="url, folder, shopify, woocommerce.")] = None,
    every: Annotated[str, typer.Option(help="30m, 6h, 1d.")] = "1h",
    format: Format = "auto",  # noqa: A002 - the name of the option
    language: Language = None,
    currency: Currency = "EUR",
    base_url: BaseUrl = "",
    keep_vanished: Annotated[
        bool, typer.Option("--keep-vanished", help="Do not hide what is no longer there.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="It is in the private network.")
    ] = False,
) -> None:
    """Add a source, or change the one of that name."""
    from bot.cli.sources import add

    options = {
        "format": format,
        "language": language,
        "currency": currency,
        "base_url": base_url,
        "complete": not keep_vanished,
        "allow_private": allow_private,
    }
    add(name, address, kind=kind, every=every, options=options)


@sources.command("run")
def run_source(
    name: str,
    full: Annotated[bool, typer.Option("--full", help="Not only what has changed.")] = False,
) -> None:
    """Read a source now."""
    from bot.cli.sources import run

    run(name, full=full)


@sources.command("remove")
def remove_source(name: str) -> None:
    """Forget a source; its products stay."""
    from bot.cli.sources import remove

    remove(name)


@reviews.command("list")
def list_reviews(
    status: Annotated[str | None, typer.Option(help="pending, approved or rejected.")] = None,
) -> None:
    """Show reviews, newest first; `--status pending` are those that wait for a decision."""
    from bot.cli.reviews import list_all

    list_all(status)


@reviews.command("approve")
def approve_reviews(
    ids: Annotated[list[str], typer.Argument(help="Of one or more reviews.")],
    by: Annotated[str | None, typer.Option(help="Who decides; default: your login.")] = None,
) -> None:
    """Let customers see reviews: they count in the rating and may be quoted."""
    from bot.cli.reviews import decide

    decide(ids, "approve", by)


@reviews.command("reject")
def reject_reviews(
    ids: Annotated[list[str], typer.Argument(help="Of one or more reviews.")],
    by: Annotated[str | None, typer.Option(help="Who decides; default: your login.")] = None,
) -> None:
    """Keep reviews out of every answer."""
    from bot.cli.reviews import decide

    decide(ids, "reject", by)


@reviews.command("import")
def import_reviews(
    file: Annotated[Path, typer.Argument(help="CSV or JSON Lines.")],
    approve: Annotated[
        bool, typer.Option("--approve", help="They were checked where they come from.")
    ] = False,
    language: Language = None,
    source: Annotated[str, typer.Option(help="Where they were written, as it is told.")] = "",
) -> None:
    """Read reviews from a file; without --approve they wait for a decision."""
    from bot.cli.reviews import import_file

    import_file(file, approve=approve, language=language, source=source)
