SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test bench soak mutants schemas format lint setup lock clean

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

soak: export SCHEDULES ?= 1000
soak: export INTERLEAVINGS ?= 2000
soak: ENGINE ?= sqlite postgresql
soak: export SEED := $(or $(SEED),$(shell date +%s))
soak: ## Thousands of schedules with faults: SCHEDULES=2000 ENGINE=sqlite|postgresql SEED=…
	@tools/setup.sh test
	@echo "SEED=$(SEED) SCHEDULES=$(SCHEDULES) INTERLEAVINGS=$(INTERLEAVINGS) ENGINE='$(ENGINE)'"
	@for engine in $(ENGINE); do .venv/bin/pytest tests/property/test_sync_schedules.py -q -s -x \
	  -k "$${engine%ql}" || exit 1; done
	@case " $(ENGINE) " in *postgres*) .venv/bin/pytest tests/http/test_commit_order.py -q -s -x;; esac
	@HYPOTHESIS_PROFILE=soak .venv/bin/pytest tests/property/test_reading.py -q -s

mutants: ## Break one rule of sync at a time in a scratch copy: the schedules must notice each
	@tools/setup.sh test
	@$(PY) -m tests.property.mutations

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
