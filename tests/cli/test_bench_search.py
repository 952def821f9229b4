"""`dialogo bench search`: figures that are right, mistakes that are told."""

import gzip
import json
from math import log2
from pathlib import Path

import pytest

from bot.cli import bench
from bot.cli.bench_search import ndcg
from bot.errors import BadRequestError

PUBLIC = Path(__file__).parents[3] / "shared" / "data" / "search"
PRODUCTS = """id,title,description,brand,price
1,Nero notebook 15,A computer for every day,Nero,500
2,Casa notebook sleeve,Soft and thin,Casa,20
3,Volt charger for notebook,Charges in an hour,Volt,30
4,Kado mousepad,A mat for the mouse,Kado,9
"""


def measured(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(capsys.readouterr().out)
    return found


def test_ndcg_is_the_gain_of_the_order_against_the_best_order() -> None:
    grades = {"a": 3, "b": 1, "c": 0}

    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert ndcg(["x", "a"], grades) == pytest.approx((7 / log2(3)) / (7 + 1 / log2(3)))
    assert ndcg(["a"], {"a": 0}) is None


@pytest.mark.parametrize("zipped", [False, True])
def test_judged_queries_become_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], zipped: bool
) -> None:
    products = tmp_path / ("products.csv.gz" if zipped else "products.csv")
    data = PRODUCTS.encode()
    products.write_bytes(gzip.compress(data) if zipped else data)
    queries, labels = tmp_path / "queries.jsonl", tmp_path / "labels.csv"
    queries.write_text(
        '{"query_id": "q1", "query": "laptop"}\n{"query_id": "q2", "query": "mouse pad"}\n'
        '{"query_id": "q3", "query": "unicorn"}\n'
    )
    labels.write_text("query_id,product_id,grade\nq1,1,3\nq1,2,0\nq2,4,2\nq3,1,0\n")

    bench.search(products, queries, labels, generated=0, peers=False)

    found = measured(capsys)
    assert found["ndcg_at_10"] == 1.0
    assert found["recall_at_10"] == 1.0
    assert 0 < found["judged_at_10"] < 1
    assert found["products"] == 4
    assert found["query_ms_p50"] <= found["query_ms_p99"]
    assert found["index_seconds"] > 0


def test_a_made_catalog_needs_no_files(capsys: pytest.CaptureFixture[str]) -> None:
    bench.search(None, None, None, generated=300, peers=False)

    found = measured(capsys)
    assert found["products"] == 300
    assert found["update_visible_ms"] < 5000


def test_the_same_number_makes_the_same_products() -> None:
    from tests.benchmarks.made_products import queries, rows

    assert list(rows(50)) == list(rows(50))
    assert len(queries()) == 200


@pytest.mark.parametrize(
    ("queries", "labels", "message"),
    [
        ('{"query": "x"}\n', "query_id,product_id,grade\n", r"queries.jsonl:1"),
        ('{"query_id": "q", "query": "x"}\n', "query_id,grade\nq,1\n", "product_id"),
    ],
)
def test_a_file_that_cannot_be_read_is_pointed_at(
    tmp_path: Path, queries: str, labels: str, message: str
) -> None:
    (tmp_path / "products.csv").write_text(PRODUCTS)
    (tmp_path / "queries.jsonl").write_text(queries)
    (tmp_path / "labels.csv").write_text(labels)
    files = [tmp_path / name for name in ("products.csv", "queries.jsonl", "labels.csv")]

    with pytest.raises(BadRequestError, match=message):
        bench.search(*files, generated=0, peers=False)


def test_products_come_from_a_file_or_are_made() -> None:
    with pytest.raises(BadRequestError, match="either"):
        bench.search(None, None, None, generated=0, peers=False)
    with pytest.raises(BadRequestError, match="no file"):
        bench.search(Path("nowhere.csv"), None, None, generated=0, peers=False)


def test_public_judged_queries_are_answered_as_well_as_promised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not PUBLIC.is_dir():
        pytest.skip("the public judged queries (../shared/data/search) are not on this machine")
    files = ("icecat_products.csv.gz", "icecat_queries.jsonl", "icecat_labels.csv")

    bench.search(*(PUBLIC / name for name in files), generated=0, peers=False)

    assert measured(capsys)["ndcg_at_10"] >= 0.80
