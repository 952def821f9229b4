"""`dialogo catalog …`, without a gateway and through a running one."""

import asyncio
import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from bot.app import create_app
from bot.db import migrate
from bot.settings import Settings
from tests.cli.running import failure, run
from tests.system import free_port

FILES = Path(__file__).parents[1] / "catalog" / "files"
CSV = "id,name,category,price,stock\na,Borsa,borse,10.00,1\nb,Cinta,cinte,gratis,1\n"
REVIEWS = (
    "product,rating,text,author,date\nsiena-bag,5,Ottima,Ada,2026-10-01\nx,5,No,Ugo,2026-10-01\n"
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIALOGO_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DIALOGO_PORT", str(free_port()))
    monkeypatch.setenv("DIALOGO_ENGINE_URLS", "http://127.0.0.1:9")
    return tmp_path


@pytest.fixture
def gateway(data: Path) -> Iterator[Path]:
    """A gateway in a thread, on the port of the settings."""
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    settings.data_dir.mkdir(parents=True)
    migrate(settings.database)
    config = uvicorn.Config(
        create_app(settings), port=settings.port, log_config=None, lifespan="on", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield data
    server.should_exit = True
    thread.join(20)


def import_both_ways(folder: Path) -> None:
    file = folder / "products.csv"
    file.write_text(CSV)
    dry = run("catalog", "import", str(file), "--dry-run")
    assert "1 products, 1 variants would be imported" in dry.output
    assert "1 new" in dry.output
    real = run("catalog", "import", str(file))
    assert "1 products, 1 variants imported" in real.output
    assert re.search(r'products\.csv:line 3, column price: "gratis" is not a price', real.output)
    assert "1 mistakes" in failure(real)
    again = run("catalog", "import", str(file))
    assert "1 unchanged" in again.output
    listed = run("catalog", "imports")
    assert listed.output.count("products.csv") == 2
    id_ = re.findall(r"\b[0-9a-f]{32}\b", listed.output)[0]
    assert "gratis" in run("catalog", "imports", id_).output


def test_a_file_is_imported_without_a_gateway(data: Path) -> None:
    import_both_ways(data)


def test_a_file_is_imported_through_the_running_gateway(gateway: Path) -> None:
    import_both_ways(gateway)


def test_a_format_may_be_named_and_a_wrong_one_is_refused(data: Path) -> None:
    result = run("catalog", "import", str(FILES / "shopify.csv"), "--format", "shopify")
    assert "3 products, 4 variants imported" in result.output
    assert "shopify utf-8" in result.output
    wrong = run("catalog", "import", str(FILES / "shopify.csv"), "--format", "word")
    assert "google-xml" in failure(wrong)


def test_a_complete_file_hides_what_is_gone(data: Path) -> None:
    file = data / "products.csv"
    file.write_text("id,name,price\na,Borsa,10.00\nb,Cinta,5.00\n")
    assert run("catalog", "import", str(file), "--complete").exit_code == 0
    file.write_text("id,name,price\na,Borsa,10.00\n")
    assert "1 hidden" in run("catalog", "import", str(file), "--complete").output


def test_sources_are_added_read_and_removed(data: Path) -> None:
    folder = data / "drop"
    folder.mkdir()
    file = folder / "products.csv"
    file.write_text(CSV)
    os.utime(file, (time.time() - 60, time.time() - 60))
    added = run("catalog", "sources", "add", "drop", str(folder), "--every", "6h")
    assert "drop is read every 6h" in added.output, added.exception
    read = run("catalog", "sources", "run", "drop")
    assert "1 products, 1 variants imported" in read.output
    listed = run("catalog", "sources", "list")
    assert "1 products, 0 hidden, 1 problems" in listed.output
    assert "not read any more" in run("catalog", "sources", "remove", "drop").output
    assert "no source" in failure(run("catalog", "sources", "run", "drop"))
    assert "30m, 6h or 1d" in failure(
        run("catalog", "sources", "add", "drop", str(folder), "--every", "often")
    )


def test_a_shop_says_which_keys_it_needs(data: Path) -> None:
    added = run("catalog", "sources", "add", "shop", "lume.myshopify.com")
    assert "DIALOGO_SOURCES__SHOP__ACCESS_TOKEN" in added.output
    shown = run("catalog", "sources", "list").output
    assert "shopify" in shown
    assert "not read yet" in shown


def test_reviews_are_imported_listed_and_decided(data: Path) -> None:
    run("catalog", "import", str(FILES / "shopify.csv"))
    file = data / "reviews.csv"
    file.write_text(REVIEWS)
    result = run("catalog", "reviews", "import", str(file), "--source", "Trustpilot")
    assert "1 reviews imported, 1 wait for approval" in result.output
    assert "reviews.csv:line 3, column product" in result.output
    assert "1 mistakes" in failure(result)
    listed = run("catalog", "reviews", "list", "--status", "pending").output
    [id_] = re.findall(r"\b[0-9a-f]{32}\b", listed)
    assert "★★★★★" in listed
    assert "1 approved" in run("catalog", "reviews", "approve", id_, "--by", "Anna").output
    assert "approved" in run("catalog", "reviews", "list").output
    assert "1 rejected" in run("catalog", "reviews", "reject", id_).output
    assert "no review" in failure(run("catalog", "reviews", "approve", "nobody"))
    assert "no file" in failure(run("catalog", "reviews", "import", "nowhere.csv"))
