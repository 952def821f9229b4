"""The JSON API, as scripts use it."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from bot.conversations import Message
from bot.lanes import NewTask, TaskRow, add_tasks
from tests.web.conftest import Web

API = "/api/v1"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/conversations"),
        ("POST", "/conversations/x/messages"),
        ("GET", "/handoffs"),
        ("POST", "/handoffs/x/claim"),
        ("GET", "/catalog/search"),
        ("POST", "/catalog/import"),
        ("GET", "/flows"),
        ("POST", "/publish"),
        ("POST", "/rollback"),
        ("GET", "/dead-letters"),
        ("GET", "/unanswered"),
    ],
)
async def test_nothing_is_open_without_the_token(web: Web, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}):
        answer = await web.visitor.request(method, f"{API}{path}", headers=headers)
        assert answer.status_code == 401, headers
        assert answer.json()["error"] == "NotLoggedInError"
        assert "DIALOGO_API_TOKEN" in answer.json()["detail"]


async def test_a_conversation_shows_owner_language_and_both_ways(web: Web) -> None:
    talk, handoff = await web.a_call()
    await web.api.post(f"{API}/handoffs/{handoff}/claim", json={"agent": "Anna"})
    await web.api.post(f"{API}/conversations/{talk}/messages", json={"text": "Eccomi!"})
    found = (await web.api.get(f"{API}/conversations", params={"customer": "39333"})).json()
    assert [row["id"] for row in found] == [talk]
    body = (await web.api.get(f"{API}/conversations/{talk}")).json()
    assert (body["owner"], body["agent"], body["language"]) == ("human", "Anna", "it")
    assert (body["channel"], body["customer"], body["handoff"]) == (
        "whatsapp",
        {"wa_id": "39333"},
        handoff,
    )
    said = [(m["direction"], m["author"], m["text"]) for m in body["messages"]]
    assert said == [("in", "customer", "la prendo"), ("out", "agent", "Eccomi!")]
    assert all(m["status"] and m["at"] for m in body["messages"])


async def test_lists_are_read_page_by_page(web: Web) -> None:
    for number in range(5):
        await web.a_call(f"39{number}")
    for path in ("/conversations", "/handoffs"):
        seen: list[str] = []
        url: str | None = f"{API}{path}?limit=2"
        while url:
            page = await web.api.get(url)
            seen += [row["id"] for row in page.json()]
            url = page.links.get("next", {}).get("url")
        assert len(seen) == len(set(seen)) == 5


async def test_the_calls_of_one_conversation_are_found_among_others(web: Web) -> None:
    calls = [await web.a_call(f"39{number}") for number in range(3)]
    talk, handoff = calls[1]
    found = await web.api.get(f"{API}/handoffs", params={"conversation": talk})
    assert [row["id"] for row in found.json()] == [handoff]
    query = {"conversation": talk, "state": "closed"}
    assert (await web.api.get(f"{API}/handoffs", params=query)).json() == []
    assert (await web.api.get(f"{API}/handoffs", params={"conversation": "none"})).json() == []


async def test_a_reply_needs_a_person_who_owns_the_conversation(web: Web) -> None:
    talk, _ = await web.a_call()
    answer = await web.api.post(f"{API}/conversations/{talk}/messages", json={"text": "ciao"})
    assert answer.status_code == 409
    assert answer.json()["error"] == "ConflictError"


async def test_a_handoff_goes_from_waiting_to_closed(web: Web) -> None:
    talk, handoff = await web.a_call()
    waiting = (await web.api.get(f"{API}/handoffs", params={"state": "waiting"})).json()
    assert [row["id"] for row in waiting] == [handoff]
    assert (waiting[0]["reason"], waiting[0]["evidence"]) == (
        "purchase_intent",
        ["said «la prendo»"],
    )
    assert waiting[0]["brief"]["customer"]["name"] == "Giulia"
    claimed = await web.api.post(f"{API}/handoffs/{handoff}/claim", json={"agent": " Anna "})
    assert (claimed.json()["state"], claimed.json()["agent"]) == ("claimed", "Anna")
    second = await web.api.post(f"{API}/handoffs/{handoff}/claim", json={"agent": "Bruno"})
    assert second.status_code == 409
    assert "Anna" in second.json()["detail"]
    released = await web.api.post(f"{API}/handoffs/{handoff}/release")
    assert released.json()["state"] == "waiting"
    outcome = {"outcome": "won", "note": "PayPal", "amount": "139.00"}
    closed = await web.api.post(f"{API}/handoffs/{handoff}/close", json=outcome)
    assert closed.json()["outcome"] == "won"
    assert (closed.json()["amount"], closed.json()["currency"]) == ("139.00", "EUR")
    body = (await web.api.get(f"{API}/conversations/{talk}")).json()
    assert (body["owner"], body["outcome"]["outcome"]) == ("bot", "won")
    again = await web.api.post(f"{API}/handoffs/{handoff}/close", json=outcome)
    assert again.status_code == 409


async def test_what_is_not_there_is_404(web: Web) -> None:
    for path in ("/conversations/none", "/handoffs/none"):
        answer = await web.api.get(f"{API}{path}")
        assert (answer.status_code, answer.json()["error"]) == (404, "NotFoundError")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/handoffs/x/claim", {"agent": ""}, "agent"),
        ("/handoffs/x/claim", {"agent": "   "}, "agent"),
        ("/handoffs/x/close", {"outcome": "maybe"}, "outcome"),
        ("/handoffs/x/close", {"outcome": "won", "amount": -1}, "amount"),
        ("/conversations/x/messages", {"text": ""}, "text"),
        ("/conversations/x/messages", {}, "text"),
    ],
)
async def test_a_wrong_value_is_named(
    web: Web, path: str, body: dict[str, Any], field: str
) -> None:
    answer = await web.api.post(f"{API}{path}", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"] == "ValidationError"
    assert answer.json()["detail"].startswith(f"{field}: ")


async def test_products_are_found_within_a_price(web: Web) -> None:
    params = {"q": "borsa in pelle", "language": "it", "max_price": "150", "limit": "3"}
    found = (await web.api.get(f"{API}/catalog/search", params=params)).json()
    assert 0 < len(found) <= 3
    assert all(float(product["price"]) <= 150 for product in found)
    assert all(product["name"] and product["stock"] is not None for product in found)
    english = {"q": "leather bag", "language": "en", "limit": "1"}
    (product,) = (await web.api.get(f"{API}/catalog/search", params=english)).json()
    assert product["name"]


async def test_a_csv_is_imported_and_its_mistakes_are_told_with_their_lines(web: Web) -> None:
    file = (
        "id,name,price,stock,category\nfeltro,Cappello di feltro,49.00,3,cappelli\nx,Y,gratis,1,c\n"
    )
    answer = await web.api.post(f"{API}/catalog/import", content=file)
    assert answer.status_code == 200, answer.text
    assert answer.json()["products"] == 1
    (error,) = answer.json()["errors"]
    assert error["line"] == 3
    assert "gratis" in error["reason"]
    found = (await web.api.get(f"{API}/catalog/search?q=feltro&language=it&limit=1")).json()
    assert found[0]["id"] == "feltro"


async def test_an_empty_import_is_refused(web: Web) -> None:
    answer = await web.api.post(f"{API}/catalog/import", content=b" ")
    assert (answer.status_code, answer.json()["error"]) == (400, "BadRequestError")


async def test_flows_are_published_and_rolled_back(web: Web) -> None:
    assert (await web.api.get(f"{API}/flows")).json()["version"] is None
    assert (await web.api.post(f"{API}/rollback")).status_code == 409
    version = (await web.api.post(f"{API}/publish")).json()["version"]
    flows = (await web.api.get(f"{API}/flows")).json()
    assert flows["version"] == version
    assert len(flows["flows"]) > 10
    assert flows["history"][0]["how"] == "publish"
    bundle = {**web.services.bundles.current, "version": "0123456789abcdef"}
    web.services.bundles.publish(bundle)
    assert (await web.api.post(f"{API}/rollback")).json()["version"] == version


async def test_dead_letters_are_listed_and_tried_again(web: Web) -> None:
    task = NewTask(lane="in:whatsapp:100:x", account="100", kind="odd", key="dead-1", data={})

    def bury(conn: Any) -> None:
        add_tasks(conn, [task])
        conn.execute(
            update(TaskRow)
            .where(TaskRow.key == "dead-1")
            .values(state="x", error="131026: gone", done_at=1000)
        )

    await web.services.database.write(bury)
    letters = (await web.api.get(f"{API}/dead-letters")).json()
    letter = next(row for row in letters if row["key"] == "dead-1")
    assert letter["error"] == "131026: gone"
    params = {"lane": letter["lane"], "seq": letter["seq"]}
    again = await web.api.post(f"{API}/dead-letters/replay", params=params)
    assert again.json() == {"key": "dead-1"}
    missing = await web.api.post(f"{API}/dead-letters/replay", params=params)
    assert missing.status_code == 404


async def test_what_the_bot_could_not_answer_is_listed(web: Web) -> None:
    await web.a_talk("39111", "fate anche cornici?")
    await web.a_talk("39222", "ciao")
    flags = {"unanswered": True, "intent": None, "confidence": 0.21}

    def mark(conn: Any) -> None:
        conn.execute(update(Message).where(Message.key == "key-39111").values(flags=flags))
        conn.execute(
            update(Message).where(Message.key == "key-39222").values(flags={"intent": "greet"})
        )

    await web.services.database.write(mark)
    (row,) = (await web.api.get(f"{API}/unanswered")).json()
    assert row["text"] == "fate anche cornici?"
    assert row["understood"] == {"intent": None, "confidence": 0.21}


async def test_the_description_names_every_call_with_an_example(web: Web) -> None:
    described = (await web.visitor.get("/openapi.json")).json()
    calls = [
        call
        for path, methods in described["paths"].items()
        if path.startswith(API)
        for call in methods.values()
    ]
    assert len(calls) >= 16
    assert all(call.get("summary") and call.get("description") for call in calls)
    assert all("401" in call["responses"] for call in calls)
    assert "HTTPBearer" in json.dumps(described["components"]["securitySchemes"])
    page = await web.visitor.get("/docs")
    assert "/static/vendor/swagger-ui/swagger-ui-bundle.js" in page.text
    assert "cdn." not in page.text
