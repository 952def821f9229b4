"""The words of the shop, over the API."""

from pathlib import Path

from catalog.demo import loading
from tests.web.conftest import Web

API = "/api/v1/catalog/words"
DEMO = (Path(loading.__file__).parent / "words.yaml").read_text(encoding="utf-8")


async def test_words_are_written_as_a_whole_or_not_at_all(web: Web) -> None:
    renamed = DEMO.replace("names: {it: Borse, en: Bags}", "names: {it: Borsette, en: Bags}", 1)
    assert renamed != DEMO
    looked = await web.api.put(API, content=renamed, params={"dry_run": True})
    assert looked.json()["categories"]["borse"]["names"]["it"] == "Borsette"
    before = (await web.api.get(API)).json()
    assert before["categories"]["borse"]["names"]["it"] == "Borse"
    assert (await web.api.put(API, content=renamed)).status_code == 200
    after = (await web.api.get(API)).json()
    assert after == looked.json()
    assert list(after["categories"]) == list(before["categories"])


async def test_a_mistake_in_the_words_is_told_and_changes_nothing(web: Web) -> None:
    before = (await web.api.get(API)).json()
    wrong = await web.api.put(API, content="categories:\n  borse:\n    nomes: {it: Borse}\n")
    assert wrong.status_code == 400
    assert "words.yaml line 3, categories, borse, nomes" in wrong.json()["detail"]
    lost = "colours:\n  bordeaux: {names: {it: bordeaux}, wider: rosso}\n"
    told = (await web.api.put(API, content=lost)).json()["detail"]
    assert "colours, bordeaux, wider: there is no rosso; there are: bordeaux" in told
    assert (await web.api.put(API, content="- borse")).status_code == 400
    assert (await web.api.put(API, content="Città".encode("latin-1"))).status_code == 400
    assert (await web.visitor.put(API, content=DEMO)).status_code == 401
    assert (await web.api.get(API)).json() == before
