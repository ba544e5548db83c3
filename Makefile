# One machine with Python 3.11 or later (with venv), git and make is enough: `make demo`, `make test`.
# The first command fetches the packages that uv.lock names; after that everything works offline.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .bootstrap/bin/uv
RUN := .venv/bin
READY := .venv/.ready
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV UV_PROJECT_ENVIRONMENT PYTHONPATH

.PHONY: help demo test check cases soak bench format
.DELETE_ON_ERROR:

help: ## Show this list.
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

demo: $(READY) ## Serve an invented jail beside the open page, and print their addresses and who can sign in.
	@$(RUN)/locutorio demo

test: $(READY) ## The import contracts and every test, generated ones on few, seeded cases.
	$(RUN)/lint-imports --no-logo
	$(RUN)/pytest -n auto --dist loadgroup $(PYTEST)

check: $(READY) ## Style, types, import contracts, packs and proofs; secrets, weaknesses, licences.
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-logo
	set -e; for pack in src/locutorio/rules/packs/*/pack.yaml; do $(RUN)/locutorio check --no-write $${pack%/*}; done
	$(RUN)/python -m tests.scans

cases: $(READY) ## Decide every worked case: one line each, then the counts.
	@$(RUN)/python -m locutorio.command.cases

soak: $(READY) ## The generated tests at full count; can be stopped and resumed.
	$(RUN)/python -m tests.soak

bench: $(READY) ## Time a decision beside Cedar, OPA, CEL and OpenFisca, a survey of a million and a half, bookings, the record and calls.
	$(UV) run --frozen --group bench python benchmarks/run.py
	$(RUN)/python benchmarks/booking.py
	$(RUN)/python benchmarks/record.py
	$(RUN)/python benchmarks/telephone/run.py

format: $(READY) ## Let the formatter and the linter mend what they can.
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

$(READY): pyproject.toml uv.lock $(UV)
	$(UV) sync --frozen --python .bootstrap/bin/python
	@touch $@

$(UV): Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, as PYTHON=…")'
	$(PYTHON) -m venv --clear .bootstrap
	.bootstrap/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@
