"""What the operator of a web chat fills in."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from channels import kit


def _divided(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
    return value


def _an_origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise ValueError("an origin looks like https://www.shop.example")
    return value


Origin = Annotated[str, AfterValidator(_an_origin)]


class Settings(kit.ChannelSettings):
    """What the operator fills in."""

    secret: kit.Secret = Field(description="Any long random text; signs the visitors' sessions")
    site: str = Field("web", min_length=1, max_length=60, description="A name for this web site")
    allowed_origins: Annotated[tuple[Origin, ...], BeforeValidator(_divided)] = Field(
        (), description="Comma-separated origins of the pages that embed the chat"
    )
    session_days: int = Field(30, ge=1, le=400, description="How long a silent visitor is known")
