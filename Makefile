# Everything a developer or an operator types. `make` alone shows the list.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV ?= .venv
PY := $(VENV)/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
WEB_WORKERS ?= 2
ARGS ?=

RUNTIME := $(VENV)/.requirements.stamp
TOOLS := $(VENV)/.requirements-dev.stamp

.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-zA-Z_-]+:.*## / {printf "  \033[1m%-12s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@python="$$(scripts/find_python.sh)" && echo "Creating $(VENV) with $$python" && "$$python" -m venv $(VENV)

$(RUNTIME): requirements.txt | $(VENV)/bin/python
	@echo "Installing what the portal needs (a minute or so)"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(TOOLS): requirements-dev.txt $(RUNTIME)
	@echo "Installing what the tests and checks need"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.PHONY: run
run: $(RUNTIME) ## Prepare the demo province and serve it on http://127.0.0.1:8000 (PORT=… HOST=…)
	@$(PY) scripts/run.py --host $(HOST) --port $(PORT) --workers $(WEB_WORKERS)

.PHONY: demo
demo: $(RUNTIME) ## Prepare database, catalogues, static files and the demo province; serve nothing
	@$(PY) scripts/prepare.py --demo

.PHONY: dev
dev: $(TOOLS) messages-compile ## Serve with automatic reload, without touching the demo data
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py runserver $(HOST):$(PORT)

.PHONY: worker
worker: $(RUNTIME) ## Run one worker: task queues and clock
	@$(PY) manage.py run_worker

.PHONY: elasticsearch
elasticsearch: ## Run an Elasticsearch for development on http://127.0.0.1:9200 (needs a JDK and Maven)
	@scripts/with_elasticsearch.sh --serve

.PHONY: test
test: $(TOOLS) messages-compile ## Run all checks and tests (SQLite, PostgreSQL and Elasticsearch where there are, browser)
	@PYTHON=$(PY) scripts/test.sh $(ARGS)

.PHONY: test-unit
test-unit: $(TOOLS) messages-compile ## Run the quick tests alone
	@$(PY) -m pytest --reuse-db -q tests/unit tests/architecture $(ARGS)

.PHONY: check
check: $(TOOLS) messages-compile ## Run the linters, type checks, import contracts and migration check
	@PYTHON=$(PY) scripts/check.sh

.PHONY: format
format: $(TOOLS) ## Put the Python sources into the house style
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

.PHONY: bench
bench: $(TOOLS) messages-compile ## Measure requests per second and latencies (not a gate)
	@$(PY) tests/bench/serving.py $(ARGS)

.PHONY: messages
messages: $(TOOLS) ## Bring locale/vi up to date with the sources (no GNU gettext needed)
	@$(PY) scripts/extract_messages.py

.PHONY: messages-compile
messages-compile: $(RUNTIME)
	@$(PY) scripts/compile_messages.py

.PHONY: migrations
migrations: $(RUNTIME) ## Write the migrations that changed models need
	@$(PY) manage.py makemigrations

.PHONY: lock
lock: $(TOOLS) ## Pin requirements*.in into requirements*.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check pip-tools
	@PYTHON=$(PY) scripts/lock_requirements.sh

.PHONY: vendor
vendor: ## Renew the vendored front-end files (needs npm)
	@scripts/vendor.sh

.PHONY: clean
clean: ## Delete what can be built again, not the data in var/
	@rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results var/static
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
	@find locale locale_vendor -name '*.mo' -delete 2>/dev/null || true

.PHONY: distclean
distclean: clean ## Delete the environment and all local data too
	@rm -rf $(VENV) var
