"""`dialogo catalog shop` and `words`: from a file, checked and put in place."""

from pathlib import Path

import pytest

from catalog.demo import loading
from tests.cli.running import failure, run
from tests.system import free_port

DEMO = (Path(loading.__file__).parent / "shop.yaml").read_text(encoding="utf-8")
FACTS = DEMO[: DEMO.index("size_guides:")]
GUIDE = "size_guides:\n- categories: [borse]\n  text: {it: Una misura sola., en: One size.}\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIALOGO_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DIALOGO_PORT", str(free_port()))
    monkeypatch.setenv("DIALOGO_ENGINE_URLS", "http://127.0.0.1:9")
    return tmp_path / "shop.yaml"


def test_facts_are_checked_and_put_in_place(file: Path) -> None:
    file.write_text(FACTS + GUIDE, encoding="utf-8")
    stranger = failure(run("catalog", "shop", str(file)))
    assert "no category has the id borse" in stranger
    products = file.with_name("products.csv")
    products.write_text("id,name,category,price\na,Borsa,borse,10.00\n")
    assert run("catalog", "import", str(products)).exit_code == 0
    checked = run("catalog", "shop", str(file), "--dry-run")
    assert "Bottega Lume is in order: 1 size guides, 0 needs." in checked.output
    done = run("catalog", "shop", str(file))
    assert "Bottega Lume is in place: 1 size guides, 0 needs." in done.output


def test_a_mistake_is_told_with_its_line(file: Path) -> None:
    file.write_text(FACTS + GUIDE.replace("text", "txt"), encoding="utf-8")
    told = failure(run("catalog", "shop", str(file)))
    assert f"shop.yaml line {FACTS.count(chr(10)) + 3}, size_guides 1, txt" in told
    assert "There is no file" in failure(run("catalog", "shop", str(file.with_name("x.yaml"))))


def test_words_are_checked_and_put_in_place(file: Path) -> None:
    words = file.with_name("words.yaml")
    words.write_text("categories:\n  borse: {names: {it: Borse}, words: {it: [borsa, borse]}}\n")
    checked = run("catalog", "words", str(words), "--dry-run")
    assert "The words are in order: 1 categories, 0 colours" in checked.output
    done = run("catalog", "words", str(words))
    assert "The words are in place: 1 categories, 0 colours" in done.output
    words.write_text("categories:\n  borse: {words: {it: [borsa]}}\n")
    told = failure(run("catalog", "words", str(words)))
    assert "words.yaml line 2, categories, borse, names: this is missing" in told
    assert "There is no file" in failure(run("catalog", "words", str(file.with_name("x.yaml"))))
