"""The JSON API under `/api/v1`, described at `/docs`."""

from fastapi import APIRouter, Depends

from bot.web.api import catalog, conversations, flows, handoffs, imports, misses, operation, reviews
from bot.web.api.access import require_token
from bot.web.api.shapes import Problem

router = APIRouter(
    prefix="/api/v1",
    dependencies=[Depends(require_token)],
    responses={401: {"model": Problem}, 422: {"model": Problem}},
)
for part in (conversations, handoffs, catalog, imports, reviews, misses, flows, operation):
    router.include_router(part.router)

__all__ = ["router"]
