"""Whether the process lives, whether it can work, and what it counts."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import text

from bot.context import services_of
from bot.errors import NotFoundError
from bot.lanes import waiting
from bot.routing import Services

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Say which of database, engine and model are ready; 503 until all are."""
    parts = await readiness(services_of(request))
    return JSONResponse(parts, 200 if parts["ready"] else 503)


async def readiness(services: Services) -> dict[str, Any]:
    """Return what is ready, by name; `ready` is true when everything is."""
    database, engine = await asyncio.gather(_database(services), services.engine.ready())
    bundle = _bundle(services)
    return {
        "ready": database and engine is not None and bundle is not None,
        "database": database,
        "engine": engine is not None,
        "model": engine,
        "bundle": bundle,
        "channels": sorted(services.channels),
    }


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Show the counters in the Prometheus text format."""
    services = services_of(request)
    async with services.database.sessions() as session:
        counts = await waiting(session)
    services.metrics.lanes_waiting.set(counts.ready)
    services.metrics.dead_letters.set(counts.dead)
    services.metrics.engine_up.set(1 if await services.engine.ready() is not None else 0)
    return Response(generate_latest(services.metrics.collected), media_type=CONTENT_TYPE_LATEST)


async def _database(services: Services) -> bool:
    try:
        async with services.database.sessions() as session:
            await session.execute(text("SELECT 1"))
    except Exception:
        return False
    return True


def _bundle(services: Services) -> str | None:
    try:
        return str(services.bundles.current["version"])
    except NotFoundError:
        return None
