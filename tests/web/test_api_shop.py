"""The facts about the shop, over the API."""

from pathlib import Path

from catalog.demo import loading
from tests.web.conftest import Web

API = "/api/v1/catalog/shop"
DEMO = (Path(loading.__file__).parent / "shop.yaml").read_text(encoding="utf-8")


async def test_facts_are_written_as_a_whole_or_not_at_all(web: Web) -> None:
    renamed = DEMO.replace("name: Bottega Lume", "name: Bottega Due", 1)
    looked = await web.api.put(API, content=renamed, params={"dry_run": True})
    assert (looked.status_code, looked.json()["name"]) == (200, "Bottega Due")
    assert (await web.api.get(API)).json()["name"] == "Bottega Lume"
    written = await web.api.put(API, content=renamed)
    assert written.json()["size_guides"][0]["categories"] == ["cinture"]
    assert (await web.api.get(API)).json()["name"] == "Bottega Due"
    wrong = await web.api.put(API, content=renamed.replace("[cinture]", "[cravatte]"))
    assert wrong.status_code == 400
    assert "no category has the id cravatte; there are: accessori, borse" in wrong.json()["detail"]
    assert (await web.api.put(API, content="name: Città".encode("latin-1"))).status_code == 400
    assert (await web.visitor.put(API, content=renamed)).status_code == 401
