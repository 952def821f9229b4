"""Every knob of the gateway, read once from the environment (and from `.env`)."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """Values come from `DIALOGO_*`; nested ones use two underscores.

    A channel is switched on by giving it settings, for example
    `DIALOGO_CHANNELS__WHATSAPP__APP_SECRET`; its own model checks them.
    """

    model_config = SettingsConfigDict(
        env_prefix="DIALOGO_",
        env_nested_delimiter="__",
        env_file=".env",
        extra="ignore",
    )

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    public_url: str = Field("", description="How customers and platforms reach us; no final slash.")
    database_url: str = Field("", description="Default: a SQLite file in the data directory.")
    data_dir: Path = Path("var")
    engine_urls: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Comma-separated; empty means: start one engine here."
    )
    engine_token: SecretStr | None = Field(None, description="Generated and kept when absent.")
    engine_timeout: float = Field(6.0, gt=0, description="Seconds; must stay below `lane_lease`.")
    admin_password: SecretStr | None = Field(None, description="Generated and shown if absent.")
    api_token: SecretStr | None = Field(None, description="Generated and kept when absent.")
    languages: Annotated[tuple[str, ...], NoDecode] = ("it", "en")
    timezone: str = "Europe/Rome"
    channels: dict[str, dict[str, Any]] = Field(default_factory=dict)
    sources: dict[str, dict[str, SecretStr]] = Field(
        default_factory=dict, description="Keys of the catalog's sources, by name."
    )
    import_max_mb: int = Field(1024, ge=1, description="Larger files of products are refused.")

    synonyms_dir: Path | None = Field(
        None, description="Of the shop's own words for the search; default: catalog/synonyms."
    )

    worker_slots: int = Field(16, ge=1, description="Conversations worked on at the same time.")
    lane_lease: float = Field(8.0, gt=2, description="Seconds until a silent worker is dead.")
    reconcile_wait: float = Field(5.0, ge=0, description="Seconds to wait for a lost send.")
    send_tries: int = Field(10, ge=1)
    turn_tries: int = Field(3, ge=1, description="Engine calls per turn before the safe answer.")
    engine_patience: float = Field(600, gt=0, description="Seconds until a person is called.")
    handoff_wait: float = Field(300.0, gt=0, description="Seconds until nobody-came is said.")
    freshness_hours: float = Field(72.0, gt=0, description="Older prices and stock are not quoted.")
    missed_days: int = Field(
        90, ge=0, description="Searches that found nothing are remembered so long; 0: not at all."
    )
    demo: bool = Field(False, description="Channels without an account talk to stand-ins here.")
    log_level: str = "info"

    @field_validator("engine_urls", "languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("public_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def address(self) -> str:
        """The public address, or the local one where none is set."""
        host = "localhost" if self.host in ("0.0.0.0", "127.0.0.1", "::") else self.host  # noqa: S104
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def database(self) -> str:
        """The database's address, SQLite under the data directory unless set."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'dialogo.db').resolve()}"
