# One file, two images: the gateway (target bot) and the engine (target engine).
# The steps are the Makefile's own targets, which `make run` and `make test` use too.

FROM python:3.12-slim-bookworm AS bot
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 UV_LINK_MODE=copy UV_PYTHON_INSTALL_DIR=/app/.python
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends make gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY Makefile pyproject.toml requirements.lock README.md LICENSE ./
COPY bot bot
COPY catalog catalog
COPY channels channels
COPY dialogues dialogues
COPY training_data training_data
RUN make .venv/.ready \
 && useradd --system --uid 10001 --home-dir /app dialogo \
 && mkdir -p var && chown dialogo var
USER dialogo
ENV DIALOGO_HOST=0.0.0.0 DIALOGO_DATA_DIR=/app/var PATH=/app/.venv/bin:$PATH
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["python", "-c", "import httpx; httpx.get('http://127.0.0.1:8000/healthz').raise_for_status()"]
CMD ["dialogo", "up", "--no-engine"]

# The engine's own Python is 3.10; uv fetches it. The gateway's environment trains and supervises.
FROM bot AS engine
USER root
RUN make .venv-engine/.ready
USER dialogo
EXPOSE 5005
HEALTHCHECK --interval=10s --timeout=3s --start-period=180s \
  CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 5005), 2).close()"]
# Reached by the gateway alone, over the private network of compose.yaml.
CMD ["dialogo", "engine", "--host", "0.0.0.0", "--port", "5005"]
