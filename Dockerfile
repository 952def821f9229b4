# One file, two images: the gateway (target bot) and the engine (target engine).
# The steps are the Makefile's: uv, then each environment from its lock file with hashes.

FROM python:3.12-slim-bookworm AS bot
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 UV_LINK_MODE=copy
WORKDIR /app
RUN python3 -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check "uv>=0.8"
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN .tools/bin/uv venv --quiet --no-project --python 3.12 .venv \
 && .tools/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock
COPY bot bot
COPY catalog catalog
COPY channels channels
COPY dialogues dialogues
COPY training_data training_data
RUN .tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable . \
 && useradd --system --uid 10001 --home /app dialogo \
 && mkdir -p /app/var && chown dialogo /app/var
USER dialogo
ENV DIALOGO_HOST=0.0.0.0 DIALOGO_DATA_DIR=/app/var
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["/app/.venv/bin/python", "-c", "import httpx; httpx.get('http://127.0.0.1:8000/healthz').raise_for_status()"]
CMD ["/app/.venv/bin/dialogo", "up", "--no-engine"]

FROM python:3.10-slim-bookworm AS engine
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 UV_LINK_MODE=copy
WORKDIR /app
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check "uv>=0.8"
COPY bot/engine/rasa/requirements.lock bot/engine/rasa/requirements.lock
RUN .tools/bin/uv venv --quiet --no-project --python 3.10 .venv-engine \
 && .tools/bin/uv pip sync --quiet --python .venv-engine/bin/python --require-hashes bot/engine/rasa/requirements.lock
COPY bot/engine/rasa bot/engine/rasa
COPY dialogues/__init__.py dialogues/__init__.py
COPY dialogues/executor dialogues/executor
COPY training_data training_data
RUN useradd --system --uid 10001 --home /app dialogo && mkdir -p /app/var && chown dialogo /app/var
USER dialogo
VOLUME /app/var
# Reached by the gateway alone, over the private network of compose.yaml.
CMD ["/app/.venv-engine/bin/python", "bot/engine/rasa/serve.py", "--host", "0.0.0.0", "--data", "/app/var"]
