# Two commands do everything on a fresh Debian machine with Python 3.11 and make: `make run` and `make test`.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

# The parts that use a database; `make test` runs them on SQLite, `make test-postgres` on a server made for them.
DJANGO_TESTS := search audit agencies access office disclosure portal reporting site browser

.PHONY: install dev run test test-all reference test-postgres check bench lock clean

install: .venv/.runtime

dev: .venv/.dev

.venv/.runtime: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; found: $$($(PYTHON) --version 2>&1)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "The virtual environment could not be made; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: install
	$(BIN)/python -m gongkai.site run

test: dev
	$(BIN)/python -m pytest -n 2 -q -m "not slow"

test-all: dev
	$(BIN)/python -m pytest -n 2 -q

test-postgres: dev
	$(BIN)/python -m tests.with_postgres $(BIN)/python -m pytest -n 2 -q -m "not slow" $(wildcard $(addprefix tests/,$(DJANGO_TESTS)))

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: dev
	$(BIN)/python -m benchmarks

reference: dev
	$(BIN)/python -m tests.reference

lock: dev
	cd requirements && for name in runtime dev; do CUSTOM_COMPILE_COMMAND="make lock" ../$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options -o $$name.txt $$name.in || exit 1; done

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
