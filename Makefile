# Two commands: `make demo` and `make test`. Each sets up what is missing first.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: setup demo test check lock docs benchmarks clean

setup: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml hatch_build.py $(wildcard workbench/locale/*/LC_MESSAGES/*.po)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: setup
	$(BIN)/workbench demo exports/demo $(if $(HEADLESS),--headless --json,)

test: setup
	$(BIN)/python tests/prepare.py
	$(BIN)/python -m pytest $(TESTS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/prepare.py
	.venv/types/node_modules/.bin/tsc -p workbench/widgets

lock:
	$(BIN)/python tools/lock.py

docs: setup
	$(BIN)/sphinx-build -W -q docs docs/_build

benchmarks: setup
	for program in benchmarks/*.py; do $(BIN)/python $$program || exit 1; done

clean:
	rm -rf .venv docs/_build exports/demo exports/demo-vault exports/demo-passphrase
