# Needs Python 3.11 or newer, make and git. Every target does its own set-up.

VENV := .venv
RUN := $(VENV)/bin/python
# The first interpreter that really starts and is new enough: a shim on the path may be an empty promise.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
# Hashes decide what is installed, whatever index or proxy PIP_* names; where it goes is not for PIP_* to say.
PIP := env -u PIP_TARGET -u PIP_PREFIX -u PIP_REQUIRE_VIRTUALENV PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 \
	$(RUN) -m pip install -qq --no-input --no-deps --require-hashes --only-binary :all:
PYTEST := $(RUN) -m pytest -n 2 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup run test test-all removals check lint types floors generated format bench bench-reads bench-jobs tour lock image clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/base.stamp ## Start the demonstration: web and worker on http://127.0.0.1:8000 (YISHI_DEMO=0: an empty installation)
	@YISHI_DEMO="$${YISHI_DEMO:-1}" exec $(RUN) -m app serve

test: $(VENV)/dev.stamp ## All tests but the slow ones, on SQLite and on a real PostgreSQL, in 7 to 9 minutes
	$(PYTEST) $(ARGS)

test-all: $(VENV)/dev.stamp ## All tests, the slow ones and many more random examples too
	$(PYTEST) --all $(ARGS)

removals: $(VENV)/dev.stamp ## Take away each enforcement of the rulebook in turn: does a test that names its clause notice? (hours; ARGS narrows it)
	$(RUN) -m tests.support.removals $(ARGS)

check: lint types floors generated ## Everything that is checked without running a test

lint: $(VENV)/dev.stamp ## ruff: style and likely mistakes
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

types: $(VENV)/dev.stamp ## mypy --strict
	$(RUN) -m mypy --strict app schema benchmarks

floors: $(VENV)/dev.stamp ## import-linter: who may import whom
	$(VENV)/bin/lint-imports --no-logo

generated: $(VENV)/dev.stamp ## Tables of procedure whole, pages and schema fresh, migrations equal to the models on both databases
	$(RUN) -m app rules --check
	$(RUN) -m app schema --check
	$(RUN) -m tests.support.with_postgres $(RUN) -m app migrate --check

format: $(VENV)/dev.stamp ## Write the code as ruff formats it, and mend what it can
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: bench-reads bench-jobs ## All benchmarks

bench-reads: $(VENV)/dev.stamp ## What reading costs, against hand-written SQL and DataLoaders; about 6 minutes on two cores
	@$(RUN) -m benchmarks.reads $(ARGS)

bench-jobs: $(VENV)/dev.stamp ## What jobs cost: the chase sweep against hand-written SQL, deliveries, live news; about 4 minutes
	@$(RUN) -m benchmarks.jobs $(ARGS)

tour: $(VENV)/base.stamp ## One matter from draft to closing, played against a server of its own
	@$(RUN) -m app tour

setup: $(VENV)/dev.stamp ## Build .venv with everything, for development too

$(VENV)/base.stamp: requirements/base.lock | $(VENV)/pyvenv.cfg
	@echo "Installing what the application needs into $(VENV) (about 20 s) ..."
	@$(PIP) -r requirements/base.lock
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock requirements/base.lock | $(VENV)/pyvenv.cfg
	@echo "Installing what development and tests need into $(VENV) (about 30 s) ..."
	@$(PIP) -r requirements/dev.lock
	@touch $(VENV)/base.stamp $@

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -f $@; exit 1; }

lock: ## Renew the lock files from requirements/*.in (UPGRADE=1: to the newest versions)
	@mkdir -p var && $(PYTHON) -m venv var/lock && var/lock/bin/python -m pip install -q uv
	@for each in base dev; do \
		var/lock/bin/uv pip compile requirements/$$each.in --output-file requirements/$$each.lock --quiet \
			$(if $(UPGRADE),--upgrade) --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-header --no-annotate || exit 1; \
	done

image: ## Build the container image that docker-compose.yml runs
	docker build --tag yishi .

clean: ## Remove the environment and all caches; var/, which holds data, stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
