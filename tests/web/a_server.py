"""The application behind uvicorn in a process of its own: a_server.py DATA DATABASE PORT."""

import sys
from pathlib import Path

import uvicorn

from bot.app import create_app
from bot.cli.dialogues import compile_all
from bot.engine import Bundles
from bot.settings import Settings


def main(data: str, database_url: str, port: str) -> None:
    """Serve until the process is told to stop; nothing answers where the engine should be."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=Path(data),
        database_url=database_url,
        port=int(port),
        engine_urls=("http://127.0.0.1:9",),
        admin_password="correct horse",  # type: ignore[arg-type]
        api_token="api-token-of-the-tests",  # type: ignore[arg-type]
        demo=True,
        log_level="warning",
    )
    Bundles(settings.data_dir / "bundles").publish(compile_all(settings))
    uvicorn.run(
        create_app(settings),
        host="127.0.0.1",
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
