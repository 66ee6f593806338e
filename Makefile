# Two commands matter: `make run` and `make test`. Neither needs root, a database or anything but Python 3.11 with its venv module.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.SUFFIXES:

UV_VERSION := 0.13.9
PYTHON ?= $(shell for one in python3 python3.13 python3.12 python3.11; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$one" && break; done)
UV := .tools/bin/uv
BIN := .venv/bin
# uv takes the Python that was found, fetches none, and works in this folder alone.
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(PYTHON)
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

.PHONY: help setup run test proof lint bench

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(UV) ## Install the program into .venv
	@$(UV) sync --frozen --no-dev --extra analytics --inexact --quiet

run: setup ## Make the invented province if it is not there, and serve it (ARGS="--port 8080 --people 300000")
	@$(BIN)/phaodai demo $(ARGS)

test: .dev lint ## Check and test everything but the longer proofs
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not proof" $(ARGS)

proof: .dev ## The longer proofs: killed processes, the invented province made whole, epidemics by their statistics, the story by phone
	@$(BIN)/pytest -n 2 --dist loadgroup -m proof $(ARGS)

lint: .dev ## Style, types, layers and sizes
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/house_rules.py
	@$(BIN)/python tools/sizes.py

bench: .dev ## Measure the invented province: making it, and loading it
	@$(BIN)/python benchmarks/demo_province.py
	@$(BIN)/python benchmarks/demo_install.py

.PHONY: .dev .python
.dev: $(UV)
	@$(UV) sync --frozen --all-groups --all-extras --inexact --quiet

$(UV): | .python
	@echo "Fetching uv $(UV_VERSION) into .tools"
	@$(PYTHON) -m venv --clear .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.python:
	@test -n "$(PYTHON)" || { echo "Pháo Đài needs Python 3.11 or newer as python3; install it, or name one: make run PYTHON=/path/to/python3.11" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "$(PYTHON) is older than Python 3.11 or does not start; name a newer one: make run PYTHON=/path/to/python3.11" >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks the module venv; install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 2; }
