"""The HTTP door for the platforms: webhooks, streams, health. Import from here."""

from fastapi import APIRouter

from bot.gateway import health, streams, webhooks

router = APIRouter()
router.include_router(health.router)
router.include_router(streams.router)
router.include_router(webhooks.router)

receive = webhooks.receive

__all__ = ["receive", "router"]
