"""The HTTP door for the platforms: webhooks, streams, health. Import from here."""

from fastapi import APIRouter

from bot.gateway import health, streams, webhooks

router = APIRouter()
router.include_router(health.router)
router.include_router(streams.router)
router.include_router(webhooks.router)

door_of = webhooks.door_of
readiness = health.readiness

__all__ = ["door_of", "readiness", "router"]
