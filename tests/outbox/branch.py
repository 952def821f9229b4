"""A whole process of the shop, to be killed: database, worker, sender, and a small door.

`python -m tests.outbox.branch URL PORT PLATFORM` takes one JSON message for each POST: a
customer's message, or a status. An answer of 200 means that it was committed, as for a webhook.
"""

import asyncio
import json
import sys
from typing import Any

import httpx
import uvicorn

from bot.conversations import conversation_of
from bot.db import Database
from bot.lanes import Finish, Lease, NewTask, Result, Worker, add_tasks, in_lane
from bot.outbox import Sender, Streams, apply_status, enqueue
from bot.settings import Settings
from channels import registry
from channels.kit import DeliveryStatus, Person, Text

PHONE = "106540352242922"
LEASE = 3.0


class Branch:
    """One process of the shop."""

    def __init__(self, url: str, platform: str) -> None:
        channel = registry.build(
            "whatsapp",
            {
                "app_secret": "an-app-secret",
                "verify_token": "a-verify-token",
                "access_token": "an-access-token",
                "phone_number_id": PHONE,
                "api_url": platform,
                "messages_per_second": 1000,
            },
        )
        self.database = Database(url)
        self.platform = platform
        knobs: dict[str, Any] = {"_env_file": None, "reconcile_wait": 3.0, "lane_lease": LEASE}
        self.sender = Sender(
            self.database, {"whatsapp": channel}, Streams(self.database), Settings(**knobs)
        )
        self.worker = Worker(
            self.database, {"event": self.turn, "send": self.sender.send}, lease=LEASE
        )
        self.engine = httpx.AsyncClient(timeout=LEASE - 1)

    async def start(self) -> None:
        """Start as the gateway does."""
        await self.database.start()
        await self.sender.start()
        await self.worker.start()

    async def turn(self, lease: Lease) -> Result:
        """Ask the engine, which remembers the ids of its turns, and store two replies."""
        task = lease.task
        body = {"id": task.key, "conversation": task.data["name"], "number": task.data["number"]}
        reply = await self.engine.post(f"{self.platform}/engine", json=body)
        reply.raise_for_status()
        words = [f"{task.data['name']} {task.data['number']} {part}" for part in "ab"]
        return Finish(
            lambda conn: enqueue(
                conn,
                conversation_id=task.data["conversation"],
                channel="whatsapp",
                account=PHONE,
                messages=[Text(text=word) for word in words],
                author="bot",
                key=f"r:{task.key}",
                epoch=0,
            )
        )

    async def take(self, given: dict[str, Any]) -> None:
        """Commit what was posted."""
        if "status" in given:
            event = DeliveryStatus.model_validate(given["status"])
            await self.worker.submit(lambda conn: apply_status(conn, "whatsapp", event))
            return
        await self.worker.submit(lambda conn: _keep(conn, given))


def _keep(conn: Any, given: dict[str, Any]) -> None:
    person = Person(ids={"wa_id": given["name"]})
    conversation = conversation_of(conn, "whatsapp", PHONE, person)
    task = NewTask(
        lane=in_lane("whatsapp", PHONE, conversation),
        account=PHONE,
        kind="event",
        key=given["id"],
        data={**given, "conversation": conversation},
    )
    add_tasks(conn, [task])


async def main(url: str, port: int, platform: str) -> None:
    """Serve until killed."""
    branch = Branch(url, platform)
    await branch.start()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while (part := await receive()).get("more_body"):
            body += part["body"]
        body += part.get("body", b"")
        await branch.take(json.loads(body))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    config = uvicorn.Config(app, port=port, log_level="warning", lifespan="off")
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
