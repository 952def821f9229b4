"""Whether the process lives, whether it can work, and what it counts."""

import asyncio

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import text

from bot.context import services_of
from bot.errors import NotFoundError
from bot.lanes import waiting

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Say which of database, engine and model are ready; 503 until all are."""
    services = services_of(request)
    database, engine = await asyncio.gather(_database(request), _engine(request))
    bundle = _bundle(request)
    ready = database and engine is not None and bundle is not None
    parts = {
        "ready": ready,
        "database": database,
        "engine": engine is not None,
        "model": engine,
        "bundle": bundle,
        "channels": sorted(services.channels),
    }
    return JSONResponse(parts, 200 if ready else 503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Show the counters in the Prometheus text format."""
    services = services_of(request)
    async with services.database.sessions() as session:
        counts = await waiting(session)
    services.metrics.lanes_waiting.set(counts.ready)
    services.metrics.dead_letters.set(counts.dead)
    services.metrics.engine_up.set(1 if await _engine(request) is not None else 0)
    return Response(generate_latest(services.metrics.registry), media_type=CONTENT_TYPE_LATEST)


async def _database(request: Request) -> bool:
    try:
        async with services_of(request).database.sessions() as session:
            await session.execute(text("SELECT 1"))
    except Exception:
        return False
    return True


def _bundle(request: Request) -> str | None:
    try:
        return str(services_of(request).bundles.current["version"])
    except NotFoundError:
        return None


async def _engine(request: Request) -> str | None:
    return await services_of(request).engine.ready()
