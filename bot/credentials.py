"""Passwords and tokens: from the settings, else generated once and kept for the owner only.

There are no default credentials. What is generated lies in `secrets.json` in the data directory,
readable by the owner of the process alone, so that the next start shows and uses the same.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from bot.errors import ConfigurationError
from bot.settings import Settings

# Without letters that look alike: the password is read from a terminal and typed.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Secrets(BaseModel):
    """What protects the doors; `generated_password` says whether to show it at the start."""

    model_config = ConfigDict(frozen=True)

    engine_token: SecretStr
    api_token: SecretStr
    admin_password: SecretStr
    signing_key: SecretStr
    demo_key: SecretStr
    generated_password: bool = False


def ensure_secrets(settings: Settings) -> Secrets:
    """Return the secrets in force; ConfigurationError when the kept ones cannot be read."""
    path = settings.data_dir / "secrets.json"
    values = _read(path) or _begun(path)
    given = {
        name: value
        for name in ("engine_token", "api_token", "admin_password")
        if (value := getattr(settings, name)) is not None
    }
    return Secrets.model_validate(
        {**values, **given, "generated_password": settings.admin_password is None}
    )


def with_secrets(settings: Settings, found: Secrets) -> Settings:
    """Return the settings with every secret in its place, given or generated."""
    names = ("engine_token", "api_token", "admin_password")
    return settings.model_copy(update={name: getattr(found, name) for name in names})


def _password() -> str:
    parts = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(parts)


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        Secrets.model_validate(values)
    except FileNotFoundError:
        return {}
    except (ValueError, ValidationError) as error:
        raise ConfigurationError(
            f"{path} cannot be read ({type(error).__name__}). Delete it to get new secrets."
        ) from error
    return dict(values)


def _begun(path: Path) -> dict[str, Any]:
    """Make the secrets and return those in force: of several first starts one wins for all."""
    values = {
        "engine_token": secrets.token_urlsafe(32),
        "api_token": secrets.token_urlsafe(32),
        "admin_password": _password(),
        "signing_key": secrets.token_urlsafe(32),
        "demo_key": secrets.token_urlsafe(24),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(values, file, indent=1)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return _read(path)
    finally:
        draft.unlink()
    return values
