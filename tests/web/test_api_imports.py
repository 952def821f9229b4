"""Imports, sources and reviews over the API, on a running gateway."""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

from tests.web.conftest import Web

API = "/api/v1/catalog"
FILE = "id,name,price,stock,category\nfeltro,Cappello di feltro,49.00,3,cappelli\nx,Y,gratis,1,c\n"


async def found(web: Web, words: str) -> list[dict[str, Any]]:
    params = {"q": words, "language": "it", "limit": "1"}
    listed: list[dict[str, Any]] = (await web.api.get(f"{API}/search", params=params)).json()
    return listed


async def test_an_import_answers_with_its_report_and_is_live_at_once(web: Web) -> None:
    answer = await web.api.post(f"{API}/import", content=FILE, params={"name": "cappelli.csv"})
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert (report["state"], report["format"], report["added"]) == ("done", "csv", 1)
    assert report["name"] == "cappelli.csv"
    assert [(e["line"], e["column"]) for e in report["errors"]] == [(3, "price")]
    assert (await found(web, "feltro"))[0]["id"] == "feltro"
    again = (await web.api.get(f"{API}/imports/{report['id']}")).json()
    assert again == report
    listed = (await web.api.get(f"{API}/imports")).json()
    assert [(row["id"], row["errors"], row["problem_count"]) for row in listed] == [
        (report["id"], [], 1)
    ]


async def test_a_dry_run_changes_nothing(web: Web) -> None:
    answer = await web.api.post(f"{API}/import", content=FILE, params={"dry_run": "true"})
    report = answer.json()
    assert (report["dry_run"], report["added"], report["problem_count"]) == (True, 1, 1)
    assert [p["id"] for p in await found(web, "feltro")] != ["feltro"]
    assert (await web.api.get(f"{API}/imports")).json() == []
    assert (await web.api.get(f"{API}/imports/{report['id']}")).json() == report


async def test_a_file_of_a_form_is_taken_and_a_form_without_one_refused(web: Web) -> None:
    files = {"file": ("cappelli.csv", FILE.encode(), "text/csv")}
    report = (await web.api.post(f"{API}/import", files=files)).json()
    assert (report["name"], report["added"]) == ("cappelli.csv", 1)
    refused = await web.api.post(f"{API}/import", files={"other": ("a", b"b")})
    assert refused.status_code == 400
    assert '"file"' in refused.json()["detail"]


async def test_an_import_can_be_followed_instead_of_waited_for(web: Web) -> None:
    answer = await web.api.post(f"{API}/import", content=FILE, params={"wait": "false"})
    assert answer.status_code == 202
    report = answer.json()
    async with asyncio.timeout(20):
        while report["state"] == "running":
            await asyncio.sleep(0.02)
            report = (await web.api.get(f"{API}/imports/{report['id']}")).json()
    assert (report["state"], report["added"]) == ("done", 1)


async def test_what_is_no_catalog_is_refused_with_the_reason(web: Web) -> None:
    answer = await web.api.post(
        f"{API}/import", content=b"PK\x03\x04...", params={"name": "a.xlsx"}
    )
    assert answer.status_code == 400
    assert "a.xlsx: this is a ZIP archive or an Excel workbook" in answer.json()["detail"]
    wrong = await web.api.post(f"{API}/import", content=FILE, params={"format": "word"})
    assert wrong.status_code == 422
    assert (await web.api.get(f"{API}/imports/nobody")).status_code == 404
    scratch = web.services.intake.folder
    assert not scratch.exists() or not any(scratch.iterdir())


async def test_sources_are_added_read_shown_and_removed(web: Web, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a.csv").write_text(FILE)
    os.utime(folder / "a.csv", (time.time() - 60, time.time() - 60))
    body = {"kind": "folder", "address": str(folder), "every": 3600}
    added = await web.api.put(f"{API}/sources/drop", json=body)
    assert added.status_code == 200, added.text
    async with asyncio.timeout(20):
        while not (listed := (await web.api.get(f"{API}/sources")).json())[0]["last"]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    [source] = listed
    assert (source["name"], source["kind"], source["failures"]) == ("drop", "folder", 0)
    assert source["last"]["added"] == 1
    assert [e["line"] for e in source["last"]["errors"]] == [3]
    run = (await web.api.post(f"{API}/sources/drop/run", params={"full": "true"})).json()
    assert (run["state"], run["unchanged"]) == ("done", 1)
    assert (await web.api.delete(f"{API}/sources/drop")).status_code == 204
    assert (await web.api.get(f"{API}/sources")).json() == []
    assert (await web.api.delete(f"{API}/sources/drop")).status_code == 404
    assert (await web.api.post(f"{API}/sources/drop/run")).status_code == 404


async def test_a_source_that_makes_no_sense_is_refused_in_plain_words(web: Web) -> None:
    wrong = {"kind": "url", "address": "shop.example/feed.xml"}
    answer = await web.api.put(f"{API}/sources/feed", json=wrong)
    assert answer.status_code == 400
    assert "begin it with https://" in answer.json()["detail"]
    named = {"kind": "url", "address": "https://shop.example/feed.xml"}
    assert (await web.api.put(f"{API}/sources/My Feed", json=named)).status_code == 400


async def test_a_source_in_the_private_network_fails_unless_it_is_allowed(web: Web) -> None:
    body = {"kind": "url", "address": "http://169.254.169.254/latest/meta-data", "every": 86400}
    await web.api.put(f"{API}/sources/inside", json=body)
    async with asyncio.timeout(20):
        while not (last := (await web.api.get(f"{API}/sources")).json()[0]["last"]):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert last["state"] == "failed"
    assert "private network" in last["note"]


async def test_reviews_are_given_listed_and_decided(web: Web) -> None:
    given = {
        "product": "siena",
        "conversation": "c1",
        "author": "Giulia",
        "rating": 5,
        "text": "Bellissima",
        "language": "it",
        "verified": True,
    }
    kept = await web.api.post(f"{API}/reviews", json=given)
    assert kept.status_code == 201, kept.text
    [waiting] = (await web.api.get(f"{API}/reviews", params={"status": "pending"})).json()
    assert (waiting["id"], waiting["author"]) == (kept.json()["id"], "Giulia")
    assert waiting["product_names"]["it"] == "Borsa a tracolla Siena"
    before = (await found(web, "siena"))[0]["reviews"]

    decided = await web.api.post(f"{API}/reviews/{waiting['id']}/approve", json={"by": "Anna"})
    assert decided.status_code == 200
    assert (await found(web, "siena"))[0]["reviews"] == before + 1
    await web.api.post(f"{API}/reviews/{waiting['id']}/reject", json={"by": "Anna"})
    assert (await found(web, "siena"))[0]["reviews"] == before
    assert (await web.api.post(f"{API}/reviews/x/approve", json={"by": "A"})).status_code == 404
    assert (await web.api.post(f"{API}/reviews/x/approve", json={"by": " "})).status_code == 422
    nothing = {**given, "product": "nobody"}
    assert (await web.api.post(f"{API}/reviews", json=nothing)).status_code == 400


async def test_a_file_of_reviews_is_imported(web: Web) -> None:
    file = (
        "product,rating,text,author,date\nsiena,5,Ottima,Ada,2026-10-01\nluna,7,No,Ugo,2026-10-01\n"
    )
    params = {"source": "Trustpilot", "approve": "true"}
    done = (await web.api.post(f"{API}/reviews/import", content=file, params=params)).json()
    assert (done["reviews"], done["waiting"]) == (1, 0)
    assert [(e["line"], e["column"]) for e in done["errors"]] == [(3, "rating")]
    [entry] = [
        row
        for row in (await web.api.get(f"{API}/reviews", params={"product": "siena"})).json()
        if row["source"]
    ]
    assert (entry["status"], entry["moderated_by"]) == ("approved", "import")
