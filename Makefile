# Every target sets up what it needs. PYTHON may name another Python (3.11 or newer).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH := $(VENV)/bench
LEARN := $(VENV)/learn
FUZZ := $(VENV)/fuzz
SECONDS := 30
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run chat test check shape lint types imports content advisories audit schema format lock bench bench-retrieval learn fuzz clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(RUNTIME) ## check the content and start the server with the web chat
	@$(BIN)/policybot check
	@$(BIN)/policybot serve

chat: $(RUNTIME) ## chat in the terminal
	@$(BIN)/policybot chat

test: $(DEV) ## set up and run all tests
	@.ci/browser
	@.ci/redis
	@PYTHONHASHSEED=0 $(BIN)/python -m pytest -n auto --dist loadfile # one seed, so that sets in names of tests read alike

check: shape lint imports types content advisories test ## everything that CI runs, in that order

shape: $(DEV)
	@$(BIN)/ruff format --check --quiet .

lint: $(DEV)
	@$(BIN)/ruff check --quiet .

imports: $(DEV)
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }

types: $(DEV)
	@$(BIN)/mypy --no-error-summary

content: $(DEV)
	@$(BIN)/policybot check --strict

advisories: $(DEV)
	@.ci/audit || [ $$? -eq 2 ] # where no advisories can be reached, it says so and passes

audit: $(DEV) ## look up the dependencies in the published advisories; fails where these can't be reached
	@.ci/audit

schema: $(RUNTIME) ## write the formats of the YAML files anew, for editors and as a page
	@$(BIN)/policybot schema --out schemas --reference docs/reference.zh-CN.md

format: $(DEV) ## put the code into shape
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: $(DEV) ## resolve the dependencies anew, pinned with hashes, for every platform
	@$(PIP) install --quiet uv
	@for extra in "requirements.lock" "requirements-traces.lock --extra traces" \
	  "requirements-dev.lock --group dev --extra traces" "requirements-bench.lock --group bench" "requirements-learn.lock --group learn" \
	  "requirements-fuzz.lock --group fuzz"; do \
	  set -- $$extra; file=$$1; shift; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --no-header --group build "$$@" pyproject.toml --output-file $$file || exit 1; \
	done

bench: $(DEV) ## print the figures
	@for file in $(filter-out benchmarks/retrieval.py,$(wildcard benchmarks/*.py)); do echo "== $$file"; $(BIN)/python $$file || exit 1; done

bench-retrieval: $(BENCH)/.done ## compare rankings of search by libraries and our own; FILES names more questions
	@$(BENCH)/bin/python -m benchmarks.retrieval $(FILES)

learn: $(LEARN)/.done ## learn the classifiers from training/ anew, and print how well they do
	@$(LEARN)/bin/python -m training.train $(MODELS)

fuzz: $(FUZZ)/.done ## make up inputs for what reads the outside, led by coverage, SECONDS (30) for each test
	@$(FUZZ)/bin/python -m fuzz $(SECONDS)

clean: ## remove the environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .fuzz

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python 缺少 venv，请安装 python3-venv / Python lacks venv: install python3-venv"; rm -rf $(VENV); exit 1; }

$(RUNTIME): requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "正在准备环境 / setting up …"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(BENCH)/.done: requirements-bench.lock | $(VENV)/bin/python
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements-bench.lock
	@touch $@

$(LEARN)/.done: requirements-learn.lock | $(VENV)/bin/python
	@$(PYTHON) -m venv $(LEARN)
	@$(LEARN)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements-learn.lock
	@touch $@

$(FUZZ)/.done: requirements-fuzz.lock | $(VENV)/bin/python
	@$(PYTHON) -m venv $(FUZZ)
	@$(FUZZ)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements-fuzz.lock
	@touch $@
