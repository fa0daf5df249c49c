# secondlook: one target a task. `make` alone lists them.
#
# Every target runs from .venv, which the first one makes from requirements.lock. No environment
# needs to be active; one that is active stays out of the way.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

# Choices:  make test ARGS="-k kaplan"      make render ARGS="reports/methods.qmd"
#           make check ARGS=morley-2016     make lock UPGRADE=1     make PYTHON=python3.12 ...
ARGS ?=
WORKERS ?= logical
UPGRADE ?=
PORT ?= 8000

# A path that make can name whatever blanks lie above it.
READY := .venv/ready
# The same, with what only development needs.
DEVELOPMENT := .venv/ready-dev
RUN := .venv/bin/python -m

unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV CONDA_PREFIX
unexport JUPYTER_PATH JUPYTER_CONFIG_DIR IPYTHONDIR MPLBACKEND PYTHONDONTWRITEBYTECODE
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export QUARTO_PYTHON := $(CURDIR)/.venv/bin/python
export PYTHONNOUSERSITE := 1
export PYTHONUTF8 := 1
# Two workers that each start a thread a core are slower than two that do not.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
ifdef PYTHON
export PYTHON
endif

.PHONY: help
help: ## list the targets
	@awk 'BEGIN { FS = ":[^#]*## " } /^[a-z][a-z-]*:[^#]*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: render
render: $(READY) ## render every report and deck into _site/
	@$(RUN) secondlook render $(ARGS)

.PHONY: test
test: $(DEVELOPMENT) lint ## run every test: lint, types, doctests, units, notebooks, browser
	@$(RUN) mypy --no-error-summary & types=$$!; \
	$(RUN) pytest -rs -n $(WORKERS) --dist loadfile $(ARGS); tests=$$?; \
	wait $$types || { echo "mypy found the above: make types"; exit 1; }; exit $$tests

.PHONY: check
check: $(READY) ## recompute every claim and compare its verdict with the expected one
	@$(RUN) secondlook check $(ARGS)

.PHONY: lint
lint: $(DEVELOPMENT) ## ruff: style and format
	@$(RUN) ruff check --quiet
	@$(RUN) ruff format --check --quiet || { echo "make format would change these files:"; $(RUN) ruff format --check; exit 1; }

.PHONY: types
types: $(DEVELOPMENT) ## mypy --strict on src/
	@$(RUN) mypy --no-error-summary

.PHONY: format
format: $(DEVELOPMENT) ## rewrite the code in the house format
	@$(RUN) ruff check --fix
	@$(RUN) ruff format

.PHONY: notebooks
notebooks: $(DEVELOPMENT) ## rewrite the executed reference notebooks that the tests compare with
	@$(RUN) secondlook notebooks --write

.PHONY: fuzz
fuzz: $(DEVELOPMENT) ## throw thousands of random inputs at everything that reads what strangers write
	@HYPOTHESIS_PROFILE=fuzz $(RUN) pytest -q tests/fuzz tests/claims/test_arithmetic.py tests/scan/test_any_article.py $(ARGS)

.PHONY: bench
bench: $(DEVELOPMENT) ## time and memory of the estimators beside other packages, of check and of the site
	@$(RUN) benchmarks $(ARGS)
	@$(RUN) benchmarks.check
	@$(RUN) benchmarks.render

.PHONY: oracle-long
oracle-long: $(READY) ## ten thousand random data sets of each kind against R, to nine digits
	@$(RUN) tests.oracles.long $(ARGS)

.PHONY: serve
serve: render ## render, then show _site/ at http://localhost:8000 (PORT=...)
	@$(RUN) http.server --directory _site --bind 127.0.0.1 $(PORT)

.PHONY: preview
preview: $(READY) ## show the site at http://127.0.0.1:8000, rendered again after each save (PORT=...)
	@$(RUN) secondlook preview --port $(PORT)

.PHONY: pdf
pdf: render ## render, then print every page and deck as PDF beside it (needs Chromium)
	@.venv/bin/python scripts/pdf.py _site

.PHONY: lock
lock: $(DEVELOPMENT) ## recompile both locks (UPGRADE=1 takes the newest versions) and environment.yml
	@$(RUN) scripts.lock $(if $(UPGRADE),--upgrade)

.PHONY: venv
venv: $(READY) ## make .venv, or bring it up to date

# The script compares contents, so it always looks and rarely has anything to do.
$(READY): requirements.lock pyproject.toml FORCE
	@sh scripts/environment.sh

$(DEVELOPMENT): requirements.lock requirements-dev.lock pyproject.toml FORCE
	@sh scripts/environment.sh dev

.PHONY: FORCE
FORCE:

.PHONY: clean
clean: ## remove what rendering and testing left; .venv stays
	rm -rf _site .quarto .secondlook .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

.PHONY: distclean
distclean: clean ## remove .venv too: back to a fresh clone
	rm -rf .venv
