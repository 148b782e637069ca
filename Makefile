SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test bench soak schemas format lint setup lock clean

BIND ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
THREADS ?= 4
export BIND PORT

PY := .venv/bin/python
NPM := npm --prefix pwa run --silent

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: export DATABASE_URL ?= sqlite:///$(CURDIR)/instance/baophu.db
run: ## Install, build, migrate, seed the demo into an empty database, and serve
	@tools/setup.sh run
	@tools/run.sh $(WORKERS) $(THREADS)

test: ## Every check: style, types, floors, unit to browser; ends with a counted summary
	@tools/setup.sh test
	@$(PY) -m tools.check

bench: ## Measure speed, each figure beside its comparison in the same run
	@tools/setup.sh test
	@tools/setup.sh app
	@$(PY) -m tests.bench

soak: ## The property tests with far more examples than `make test` has time for
	@tools/setup.sh test
	@HYPOTHESIS_PROFILE=soak .venv/bin/pytest tests/property -n 2 -q

schemas: ## Write schemas/openapi.json and, from it, the TypeScript types of the phone
	@$(PY) -m schemas.build
	@$(NPM) types

format: ## Put Python and TypeScript into their one shape
	@.venv/bin/ruff check --quiet --fix --exit-zero .
	@.venv/bin/ruff format --quiet .
	@$(NPM) format

lint: ## Style, types and floors only: the quick part of `make test`
	@tools/setup.sh test
	@$(PY) -m tools.check lint

setup: ## Install everything that running and testing need
	@tools/setup.sh test

lock: ## Pin the requirements*.in anew, with hashes
	@for name in requirements requirements-dev; do \
	  .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    --output-file $$name.txt $$name.in || exit 1; done

clean: ## Remove what was installed and built; the database in instance/ stays
	rm -rf .venv pwa/node_modules pwa/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
