# The two commands of the README. Each does all its set-up on a fresh machine.
#   make run    set up, then engine + gateway with the demo shop; Ctrl-C stops everything
#   make test   set up, then format, lint, types, import directions and all tests

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test check lock clean

UV := $(shell command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1 && command -v uv || echo .tools/bin/uv)
# Tests wait more than they compute: two processes side by side, `PROCESSES=0` for one.
PROCESSES ?= 2
STAMPS := .venv/.ready .venv-engine/.ready

help: ## Show this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMPS) ## Both environments from their lock files, nothing else.

.tools/bin/uv:
	@echo "· uv into .tools/"
	@python3 -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check "uv>=0.8"

# Compiled here: where Python may write no bytecode, every start would compile all of it anew.
# A distribution's or pyenv's Python is used where there is one; uv fetches it otherwise.
.venv/.ready: requirements.lock pyproject.toml | $(filter .tools/bin/uv,$(UV))
	@echo "· gateway environment (Python 3.12)"
	@test -x .venv/bin/python || $(UV) venv --quiet --no-project --python 3.12 .venv
	@$(UV) pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock
	@$(UV) pip install --quiet --python .venv/bin/python --no-deps --editable .
	@touch $@

.venv-engine/.ready: bot/engine/rasa/requirements.lock | $(filter .tools/bin/uv,$(UV))
	@echo "· engine environment (Python 3.10, Rasa)"
	@test -x .venv-engine/bin/python || $(UV) venv --quiet --no-project --python 3.10 .venv-engine
	@$(UV) pip sync --quiet --compile-bytecode --python .venv-engine/bin/python --require-hashes bot/engine/rasa/requirements.lock
	@touch $@

run: setup ## Set up, start engine and gateway with the demo shop, show the links.
	@exec .venv/bin/dialogo up --demo

check: setup ## Format, lint, types, import directions (no tests).
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/dialogo check

test: setup .cache/system ## Everything: checks, then all tests with the real engine.
	@$(MAKE) --no-print-directory check
	@echo "· tests that kill processes: alone, because they measure how soon work goes on"
	@.venv/bin/python -m pytest -m fault -q
	@echo "· all other tests"
	@.venv/bin/python -m pytest -m "not fault" -n $(PROCESSES) --dist loadgroup --cov --cov-report=term:skip-covered --cov-fail-under=90 -q

# What the tests need of the system: PostgreSQL and a browser, from Debian's packages.
.cache/system:
	@mkdir -p .cache
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || ! command -v chromium >/dev/null 2>&1; then \
		echo "· PostgreSQL and Chromium from the distribution"; \
		if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
		$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq postgresql chromium >/dev/null; \
	fi
	@touch $@

lock: $(filter .tools/bin/uv,$(UV)) ## Compile both lock files anew after a change of pyproject.toml.
	@$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.12 --group dev pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.10 --group engine -o bot/engine/rasa/requirements.lock

clean: ## Remove environments, caches and the data of the demo.
	@rm -rf .venv .venv-engine .cache var
