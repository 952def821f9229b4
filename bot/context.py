"""What an HTTP request can reach: the same for the platforms', the engine's and people's doors."""

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
