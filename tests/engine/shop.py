"""A tiny shop for the engine's tests: dialogues, words and actions that answer at once."""

from types import TracebackType
from typing import Any, Self

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from bot.engine import TurnReply
from bot.engine.process import free_port
from tests.serving import served

Json = dict[str, Any]


def bundle(version: str = "one", *, greeting: str = "saluto.1") -> Json:
    """Return compiled dialogues: a greeting, a search, answers, and a gift finder that asks."""
    answers = {
        f"answer_{topic}": {
            "title": {"it": f"{topic} (it)", "en": f"{topic} (en)"},
            "steps": [{"id": "1", "do": "answer", "topic": topic}],
        }
        for topic in ("price", "availability", "delivery", "returns", "payment", "hours", "details")
    }
    return {
        "version": version,
        "languages": ["it", "en"],
        "starts": {
            "greet": "saluto",
            "search_product": "ricerca",
            "recommend_gift": "regalo",
            "buy": "acquisto",
            "talk_to_human": "persona",
            "ask_price": "answer_price",
            "ask_availability": "answer_availability",
            "ask_delivery": "answer_delivery",
            "ask_returns": "answer_returns",
            "ask_payment": "answer_payment",
            "ask_opening_hours": "answer_hours",
            "ask_details": "answer_details",
        },
        "texts": {},
        "choices": {
            "regalo.budget": [
                {"value": "50", "titles": {"it": "Fino a 50 €", "en": "Up to €50"}},
                {"value": "100", "titles": {"it": "Fino a 100 €", "en": "Up to €100"}},
            ]
        },
        "flows": {
            "saluto": {"steps": [{"id": "1", "do": "say", "ref": greeting}]},
            "ricerca": {"steps": [{"id": "1", "do": "products", "args": {"limit": 3}}]},
            "acquisto": {"steps": [_handoff("purchase")]},
            "persona": {"steps": [_handoff("wants_person")]},
            "regalo": {
                "steps": [
                    {"id": "1", "do": "say", "ref": "regalo.1"},
                    {
                        "id": "budget",
                        "do": "ask",
                        "keep": "budget",
                        "kinds": ["number"],
                        "ref": "regalo.budget",
                        "from": ["max_price"],
                    },
                    {"id": "2", "do": "products", "args": {"max_price": "{budget}"}},
                ]
            },
            **answers,
        },
    }


def _handoff(reason: str) -> Json:
    return {"id": "1", "do": "handoff", "reason": reason, "queue": None, "ref": "handoff.1"}


LOOKUPS: Json = {
    "version": "1",
    "products": [
        {"id": "aurora", "names": {"it": "Borsa Aurora", "en": "Aurora bag"}, "aliases": []},
        {"id": "siena", "names": {"it": "Borsa Siena", "en": "Siena bag"}, "aliases": []},
    ],
    "categories": [{"id": "bags", "words": {"it": ["borsa"], "en": ["bag"]}}],
    "colours": [{"id": "red", "words": {"it": ["rosso"], "en": ["red"]}}],
    "materials": [{"id": "leather", "words": {"it": ["pelle"], "en": ["leather"]}}],
    "recipients": [{"id": "wife", "words": {"it": ["moglie"], "en": ["wife"]}}],
    "occasions": [{"id": "christmas", "words": {"it": ["natale"], "en": ["christmas"]}}],
}

CARD: Json = {
    "id": "aurora",
    "name": "Borsa Aurora",
    "price": {"amount": "129.00", "currency": "EUR"},
    "stock": 4,
    "rating": 4.6,
    "reviews": 12,
    "image": "/media/aurora.png",
    "url": "https://example.com/aurora",
    "note": None,
    "quote": None,
}


class ActionServer:
    """The gateway's actions as the engine sees them: what to answer, or how to fail."""

    def __init__(self) -> None:
        self.port = free_port()
        self.calls: list[Json] = []
        self.fail_with: int | None = None
        self.delay = 0.0
        self._serving = served(self._app(), self.port)

    @property
    def url(self) -> str:
        """The address that the engine calls."""
        return f"http://127.0.0.1:{self.port}/engine/actions"

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/engine/actions")
        async def run(request: Request) -> JSONResponse:
            call = await request.json()
            self.calls.append({"headers": dict(request.headers), **call})
            if self.delay:
                import asyncio

                await asyncio.sleep(self.delay)
            if self.fail_with:
                body = {"error": "no", "action_name": call["next_action"]}
                return JSONResponse(body, self.fail_with)
            return JSONResponse(answer(call))

        return app

    def __enter__(self) -> Self:
        self._serving.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._serving.__exit__(kind, error, trace)


def answer(call: Json) -> Json:
    """Answer as the gateway would: cards for a search, a reference for a question."""
    reply: Json | None
    if call["next_action"] == "action_search_products":
        reply = {"kind": "products", "intro": None, "values": {}, "items": [CARD], "choices": []}
        events = [("shown", ["aurora"]), ("result", {"products": "some"})]
    elif call["next_action"] == "action_answer_anything":  # this shop has nothing else to say
        reply, events = None, [("result", {"answer": "none"})]
    else:
        topic = call["next_action"].removeprefix("action_answer_")
        reply = {"kind": "say", "ref": f"text.{topic}", "values": {}}
        events = [("result", {"answer": "given"})]
    return {
        "events": [{"event": "slot", "name": name, "value": value} for name, value in events],
        "responses": [{"custom": reply}] if reply else [],
    }


def said(reply: TurnReply) -> list[Any]:
    """Return what the bot said, in short: a reference, or the kind where there is none."""
    return [message.get("ref") or message["kind"] for message in reply.messages]
