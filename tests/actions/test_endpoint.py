"""The door itself: who may call, what is read, what is refused."""

import json
import zlib

import httpx
import pytest
from pydantic import SecretStr

from bot.actions import ACTIONS
from bot.actions.endpoint import LARGEST_BODY, check_token
from bot.actions.errors import WrongTokenError
from dialogues.executor.vocabulary import ANSWER_ACTION, SEARCH_ACTION, TOPICS

CALL = {
    "next_action": "action_answer_returns",
    "sender_id": "c1",
    "tracker": {"slots": {"language": "it"}, "latest_message": {"text": "resi?", "entities": []}},
    "domain": {},
    "version": "3.6.21",
}


async def test_every_action_that_flows_can_run_has_a_file(client):
    assert set(ACTIONS) == {SEARCH_ACTION, *(ANSWER_ACTION + topic for topic in TOPICS)}


async def test_an_answer_has_events_and_responses_as_rasa_reads_them(client):
    reply = await client.post("/engine/actions", json=CALL)
    assert reply.status_code == 200
    body = reply.json()
    assert body["responses"][0]["custom"]["ref"] == "text.returns_free"
    assert {"event": "slot", "name": "result", "value": {"answer": "given"}} in body["events"]


async def test_a_repeated_call_answers_the_same(client):
    first = await client.post("/engine/actions", json=CALL)
    second = await client.post("/engine/actions", json=CALL)
    assert first.json() == second.json()


async def test_a_deflated_body_is_inflated(client):
    reply = await client.post(
        "/engine/actions",
        content=zlib.compress(json.dumps(CALL).encode()),
        headers={"Content-Encoding": "deflate"},
    )
    assert reply.status_code == 200


async def test_a_body_that_inflates_without_end_is_refused(client):
    bomb = zlib.compress(b" " * (LARGEST_BODY + 1))
    assert len(bomb) < 100_000
    reply = await client.post(
        "/engine/actions", content=bomb, headers={"Content-Encoding": "deflate"}
    )
    assert reply.status_code == 413


async def test_a_body_that_is_too_large_is_refused(client):
    reply = await client.post("/engine/actions", content=b" " * (LARGEST_BODY + 1))
    assert reply.status_code == 413


@pytest.mark.parametrize(
    ("content", "encoding", "told"),
    [
        (b"{", "identity", "JSON"),
        (b"{}", "identity", "next_action"),
        (b"[]", "identity", "body"),
        (b"plain", "deflate", "deflated"),
        (zlib.compress(json.dumps(CALL).encode())[:-9], "deflate", "too early"),
        (b"{}", "br", "br is not understood"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_plain_words(client, content, encoding, told):
    reply = await client.post(
        "/engine/actions", content=content, headers={"Content-Encoding": encoding}
    )
    assert reply.status_code == 400
    assert told in reply.json()["error"]


async def test_an_unknown_action_is_named(client):
    reply = await client.post("/engine/actions", json={**CALL, "next_action": "action_dance"})
    assert reply.status_code == 404
    assert reply.json()["action_name"] == "action_dance"


async def test_an_action_that_makes_no_sense_of_its_filters_declines(client):
    wild = {
        **CALL,
        "next_action": SEARCH_ACTION,
        "tracker": {"slots": {"filters": {"next": -5}, "flow": _more()}},
    }
    reply = await client.post("/engine/actions", json=wild)
    assert reply.status_code == 400
    assert reply.json()["action_name"] == SEARCH_ACTION
    assert "offset" in reply.json()["error"]


def _more():
    return {"run": {"action": SEARCH_ACTION, "args": {"more": "yes"}}}


async def test_an_engine_that_remembers_nothing_is_answered(client):
    for slots in ({}, {"shown": None, "filters": "?", "asked": 3, "flow": [], "language": "fr"}):
        for action in ACTIONS:
            call = {"next_action": action, "tracker": {"slots": slots, "latest_message": None}}
            reply = await client.post("/engine/actions", json=call)
            assert reply.status_code == 200, (action, reply.text)
            # Who takes note of a product, or has looked and found nothing, says nothing.
            silent = ("action_answer_meant", "action_answer_anything")
            assert reply.json()["responses"] or action in silent


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", "engine-token", "Bearer é"])
async def test_nobody_without_the_token_gets_an_answer(client, header):
    reply = await client.post(
        "/engine/actions", json=CALL, headers=[(b"Authorization", header.encode("latin-1"))]
    )
    assert reply.status_code == 401


async def test_without_a_token_of_our_own_nobody_gets_in():
    with pytest.raises(WrongTokenError):
        check_token("Bearer ", None)
    with pytest.raises(WrongTokenError):
        check_token("Bearer ", SecretStr(""))


async def test_a_body_sent_in_pieces_is_read_whole(client):
    async def pieces():
        body = json.dumps(CALL).encode()
        yield body[:20]
        yield body[20:]

    reply = await client.post("/engine/actions", content=pieces())
    assert isinstance(reply, httpx.Response)
    assert reply.status_code == 200
