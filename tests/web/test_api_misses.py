"""What customers did not find, over the API."""

from typing import Any

import catalog
from catalog import Miss
from tests.web.conftest import Web

API = "/api/v1/catalog/misses"


async def fill(web: Web) -> None:
    def write(conn: Any) -> None:
        for at, (word, language) in enumerate([("drone", "it"), ("drill", "en"), ("drone", "it")]):
            miss = Miss(text=f"{word}?", words=(word,), near=False, language=language)
            catalog.note_miss(conn, miss, now=1_800_000_000_000 + at)

    await web.services.database.write(write)


async def test_they_are_listed_page_by_page_and_forgotten(web: Web) -> None:
    await fill(web)
    first = await web.api.get(API, params={"limit": "1"})
    (drone,) = first.json()
    assert (drone["words"], drone["count"], drone["example"]) == ("drone", 2, "drone?")
    assert 'rel="next"' in first.headers["link"]
    (drill,) = (await web.api.get(API, params={"language": "en"})).json()
    assert drill["words"] == "drill"
    second = await web.api.get(first.headers["link"].split("<")[1].split(">")[0])
    assert [row["words"] for row in second.json()] == ["drill"]
    assert (await web.api.delete(f"{API}/{drone['id']}")).status_code == 204
    gone = await web.api.delete(f"{API}/{drone['id']}")
    assert (gone.status_code, gone.json()["error"]) == (404, "NotFoundError")


async def test_nobody_reads_them_without_the_token(web: Web) -> None:
    assert (await web.visitor.get(API)).status_code == 401
