# Servanda. `make run` and `make test` are all that a newcomer needs; `make help` lists the rest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export DAGSTER_DISABLE_TELEMETRY := 1

.PHONY: help setup run test soak bench train check format dev serve-sample lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(STAMP) ## the environment alone, in .venv/

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11; name a newer one: make setup PYTHON=python3.12"; exit 2; }
	@echo "Setting up the environment in $(VENV)/ (once; about a minute) ..."
	@$(PYTHON) -m venv --clear $(VENV) || \
	  { echo "$(PYTHON) has no venv module; install it (Debian, Ubuntu: apt-get install python3-venv)"; exit 2; }
	@sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ *--hash/p}' requirements.lock > $(VENV)/uv.lock.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.lock.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock || \
	  $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	@touch $@

run: setup ## the whole pipeline on the sample newsroom, over HTTP on loopback
	@$(BIN)/servanda sample

test: setup ## the tests
	@$(BIN)/python -m pytest

soak: setup ## the full batteries: kills at any moment, and the scale of 10,000 articles (an hour)
	@$(BIN)/python -m pytest tests/soak -m soak -s
	@$(BIN)/python -m pytest benchmarks -m soak --benchmark-enable --benchmark-only -q -s

bench: setup ## what things cost, as ratios against a reference in the same run; kept in .benchmarks/
	@$(BIN)/python -m pytest benchmarks --benchmark-enable --benchmark-only --benchmark-autosave --benchmark-columns=min,median,rounds \
	  --benchmark-min-rounds=3 --benchmark-max-time=0.5 -q
	@$(BIN)/python -m benchmarks.ratios

train: setup ## the reader's decisions, trained anew on all labelled articles (about a minute)
	@$(BIN)/python -m training.fit

check: setup ## what CI runs beside the tests: format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup ## put the code in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

dev: setup ## the Dagster UI at http://127.0.0.1:3000
	@$(BIN)/servanda dev

serve-sample: setup ## serve the sample newsroom at http://127.0.0.1:8900 until Ctrl-C
	@$(BIN)/python -m newsroom.serve

lock: setup ## renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-header --quiet -o requirements.lock

clean: ## remove the environment and all that was built (not state/)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
