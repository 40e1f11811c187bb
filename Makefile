# make edition   set up .venv, convert, validate and build the edition in tei/
# make test      set up what tests need, and run them
PYTHON ?= python3
BIN = .venv/bin

.PHONY: edition test check bench bench-segmentation bench-encoding bench-enrichment lock wheel clean

edition: .venv/.installed
	$(BIN)/teipress convert --quiet
	$(BIN)/teipress validate --quiet
	$(BIN)/teipress build

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "teipress needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.12"; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.tests: .venv/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

test: check
	$(BIN)/python -m pytest -n auto

check: .venv/.tests
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: bench-segmentation bench-encoding bench-enrichment

# Precision and recall of segmentation, see docs/accuracy.md.
bench-segmentation: .venv/.tests
	$(BIN)/python -m tests.bench.segmentation --key tests/accuracy/sample.tsv tei/text

# Precision and recall of persons, dates, citations and references, see docs/accuracy.md.
bench-encoding: .venv/.tests
	$(BIN)/python -m tests.bench.encoding

# How enrichment grows with the entries and with the register.
bench-enrichment: .venv/.tests
	$(BIN)/python -m tests.bench.enrichment

lock: .venv/.tests
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group dev pyproject.toml -o requirements-dev.lock

wheel: .venv/.tests
	$(BIN)/python -m build --wheel

clean:
	rm -rf .venv build dist tei/build
