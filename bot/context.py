"""What an HTTP request can reach: the same for the platforms', the engine's and people's doors."""

from collections.abc import Callable

from fastapi import Request

from bot.credentials import Secrets
from bot.routing import Services


def services_of(request: Request) -> Services:
    """Return what `bot.app` built for this application."""
    services: Services = request.app.state.services
    return services


def secrets_of(request: Request) -> Secrets:
    """Return the secrets in force."""
    secrets: Secrets = request.app.state.secrets
    return secrets


async def read_body(request: Request, limit: int, too_large: Callable[[str], Exception]) -> bytes:
    """Return the body; one of more than `limit` bytes is refused while it arrives."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise too_large(f"The body is larger than {limit / 1024 / 1024:g} MiB.")
    return bytes(body)
