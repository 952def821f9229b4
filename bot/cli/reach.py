"""The API for commands: the running gateway's, or one inside of this process where none runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.credentials import ensure_secrets
from bot.db import migrate
from bot.errors import AppError, BadRequestError, NotFoundError
from bot.settings import Settings

API = "/api/v1"
_SECONDS = 3600.0


@asynccontextmanager
async def reach(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Open a client whose addresses begin behind `/api/v1`.

    A SQLite file belongs to the running gateway, so a command asks it; on PostgreSQL it may too.
    """
    token = ensure_secrets(settings).api_token.get_secret_value()
    headers = {"Authorization": f"Bearer {token}"}
    gateway = f"http://127.0.0.1:{settings.port}"
    if await _runs(gateway):
        async with httpx.AsyncClient(
            base_url=f"{gateway}{API}", headers=headers, timeout=_SECONDS
        ) as client:
            yield client
        return
    from bot.app import create_api  # heavy; not needed beside a running gateway

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.database)
    app = create_api(settings)
    services = app.state.services
    await services.database.start()
    try:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=f"http://here{API}", headers=headers
        ) as client:
            yield client
    finally:
        await services.intake.stop()
        await services.database.stop()


async def ask(client: httpx.AsyncClient, method: str, path: str, **more: Any) -> Any:
    """Return the body of an answer; an error of the API is raised as the one that it names."""
    reply = await client.request(method, path, **more)
    if reply.is_success:
        return reply.json() if reply.content else None
    raise refusal(reply)


def refusal(reply: httpx.Response) -> AppError:
    """Return the error that an answer tells."""
    try:
        detail = str(reply.json()["detail"])
    except (ValueError, KeyError, TypeError):
        detail = reply.text[:500]
    kinds = {404: NotFoundError, 400: BadRequestError, 422: BadRequestError}
    kind = kinds.get(reply.status_code)
    return kind(detail) if kind else AppError(f"The gateway answered {reply.status_code}: {detail}")


async def _runs(gateway: str) -> bool:
    try:
        async with httpx.AsyncClient(timeout=2) as client:
            return (await client.get(f"{gateway}/healthz")).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
