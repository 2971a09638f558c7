# Two commands are for everyone: `make report` and `make test`. The others are for those who change the library.
# Each makes what it needs in .venv and leaves a stamp there, so that a second run installs nothing.

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
# Two processes, each with whole files, so that a page of examples stays together; JOBS=0 for one process, as pdb wants.
JOBS ?= 2
PYTEST := $(PY) -m pytest --numprocesses=$(JOBS) --dist=loadfile
PIP := $(PY) -m pip --disable-pip-version-check --quiet --quiet
STAMPS := $(VENV)/.installed
ARGS ?=

# material prints a banner about its successor otherwise.
export NO_MKDOCS_2_WARNING := 1
# What a run has compiled is kept for the next: pytest rewrites every test file otherwise.
unexport PYTHONDONTWRITEBYTECODE
# A newer pyright than the one installed is no business of ours.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help report another-authority test test-long test-thorough test-spark check lint types floors docs accessibility serve wheel \
  bench clean distclean

help: ## list what there is
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: $(STAMPS)/report ## rebuild the Children's Services Update of October 2022 from the record, audited
	$(PY) examples/cabinet_update.py $(ARGS)

another-authority: $(STAMPS)/report ## the same for another authority, from published data (ARGS="204" for one by its LA number)
	$(PY) examples/another_authority.py $(or $(ARGS),825)

test: $(STAMPS)/test ## run all tests but the long ones and Spark's (ARGS="-k words" for some)
	$(PYTEST) $(ARGS)

test-long: $(STAMPS)/test ## run the long tests: thousands of rows beside a plain loop, on every engine but polars and Spark
	$(PYTEST) -m "long and not spark" $(ARGS)

test-thorough: $(STAMPS)/test ## the same with many more Hypothesis examples
	BUCKS_CS_HYPOTHESIS=thorough $(PYTEST) $(ARGS)

test-spark: $(STAMPS)/spark ## run the tests on PySpark, which needs Java 17
	$(PY) -m pytest -m spark tests $(ARGS)

check: lint types floors docs wheel accessibility ## all checks that are not tests

lint: $(STAMPS)/dev ## ruff
	$(PY) -m ruff check .

types: $(STAMPS)/dev ## mypy --strict on the library, pyright on what users write
	$(PY) -m mypy
	$(PY) -m pyright --pythonpath $(PY)

floors: $(STAMPS)/dev ## import-linter: every contract of the floor plan
	$(BIN)/lint-imports --no-logo --no-cache

# Not with --quiet, under which --strict lets warnings pass.
docs: $(STAMPS)/docs ## build the site into site/, strictly, and see that it asks nothing of other sites
	$(PY) -m mkdocs build --strict
	$(PY) .ci/check_site.py site

# Debian's chromium, or the browser that CHROMIUM names.
accessibility: $(STAMPS)/dev docs report another-authority ## axe on every page of the site, light and dark, and on the reports
	$(PY) .ci/check_accessibility.py site build/cabinet-update build/update-825

serve: $(STAMPS)/docs ## look at the site while writing it
	$(PY) -m mkdocs serve

wheel: $(STAMPS)/runtime ## build the wheel into build/wheel/ and look inside
	rm -rf build/wheel
	$(PIP) wheel --no-deps --wheel-dir build/wheel .
	$(PY) .ci/check_wheel.py build/wheel

bench: $(STAMPS)/test ## our validation against native pandera, as ratios
	$(PY) -m bench $(ARGS)

clean: ## remove what was built, and caches
	rm -rf build site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache spark-warehouse metastore_db derby.log
	find src tests examples bench docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## and the environment
	rm -rf $(VENV)

# The first Python of 3.11 or later that answers; PYTHON=... goes before all others.
$(STAMPS)/made:
	@for python in $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "making $(VENV) with $$("$$python" --version)"; \
	    "$$python" -m venv $(VENV) && mkdir -p $(STAMPS) && touch $@; exit; \
	  fi; \
	done; \
	echo "bucks_cs needs Python 3.11 or later: install it, or say where it is with make PYTHON=/path/to/python" >&2; exit 1

$(STAMPS)/runtime: pyproject.toml | $(STAMPS)/made
	@echo "installing the library into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(STAMPS)/report: pyproject.toml | $(STAMPS)/made
	@echo "installing the library, and what its charts and workbooks need, into $(VENV)"
	@$(PIP) install --editable ".[report]"
	@touch $(STAMPS)/runtime $@

$(STAMPS)/test: pyproject.toml | $(STAMPS)/made
	@echo "installing what the tests need into $(VENV)"
	@$(PIP) install --editable ".[test]"
	@touch $(STAMPS)/runtime $(STAMPS)/report $@

$(STAMPS)/spark: pyproject.toml | $(STAMPS)/made
	@echo "installing PySpark into $(VENV)"
	@$(PIP) install --editable ".[test,spark]"
	@touch $(STAMPS)/runtime $(STAMPS)/test $@

$(STAMPS)/docs: pyproject.toml | $(STAMPS)/made
	@echo "installing what the site needs into $(VENV)"
	@$(PIP) install --editable ".[docs]"
	@touch $(STAMPS)/runtime $@

# Dependency groups need a pip of 2025 or later; a new environment comes with an older one.
$(STAMPS)/dev: pyproject.toml | $(STAMPS)/made
	@echo "installing what the checks need into $(VENV)"
	@$(PIP) install --upgrade "pip>=25.1"
	@$(PIP) install --editable . --group dev
	@touch $(STAMPS)/runtime $(STAMPS)/report $(STAMPS)/test $(STAMPS)/spark $(STAMPS)/docs $@
