# The two commands: `make demo` to see it, `make test` to know that it holds.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test lint bench screenshots translations lock clean

BIN := .venv/bin
# Only `demo` and `run` show a window.
OFFSCREEN := QT_QPA_PLATFORM=offscreen

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

setup:  ## create or refresh .venv from the lock
	@sh tools/setup.sh

demo: setup  ## build the example study into out/ and open it
	@$(BIN)/python -m tools.demo

run: setup  ## open the window
	@$(BIN)/qda

lint: setup  ## format, rules, types, layers, translations
	@sh tools/check.sh lint

test: setup  ## everything that must hold
	@sh tools/check.sh test

bench: setup  ## measure the budgets into build/bench.json
	@mkdir -p build
	@$(OFFSCREEN) $(BIN)/python -m benchmarks

screenshots: setup  ## one picture of every workspace into build/screenshots/
	@mkdir -p build/screenshots
	@$(OFFSCREEN) $(BIN)/python -m tools.screenshots

translations: setup  ## take new sentences into nb.po and compile it
	@$(BIN)/python -m tools.translations update
	@$(BIN)/python -m tools.translations compile

lock:  ## write requirements.lock and requirements-dev.lock anew
	@sh tools/lock.sh

clean:  ## remove everything that can be made again
	@rm -rf .venv build dist out .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
