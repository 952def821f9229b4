"""Serves one model: `python serve.py --model FILE --host ADDRESS --port NUMBER`."""

import argparse
import os
import signal
import threading
import time

import environment


def main() -> None:
    """Start Rasa's server with our channel and nothing else of its HTTP API."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--parent", type=int, help="End when this process does.")
    given = parser.parse_args()
    environment.prepare()
    os.environ["DIALOGO_ENGINE_HOST"] = given.host  # for the channel, in credentials.yml
    if given.parent:
        threading.Thread(target=_follow, args=(given.parent,), daemon=True).start()

    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(filter_repeated_logs=False)
    # Without this Rasa's debug lines, which hold what customers write, are printed at any level.
    configure_structlog()
    serve_application(
        model_path=given.model,
        interface=given.host,
        port=given.port,
        credentials=str(environment.HERE / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(environment.HERE / "endpoints.yml")),
        enable_api=False,
    )


def _follow(parent: int) -> None:
    """End with the gateway, however it ended: a killed one cannot stop its engine."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
