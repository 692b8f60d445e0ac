# make demo    score the example district; leaves the command at .venv/bin/kaohe
# make test    style, types and tests, with and without the rules engine
# make help    the rest
#
# Each does its own set-up, in .venv of this folder and nowhere else, and again whenever pyproject.toml has changed.
# With another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest -n 2 $(PYTEST_FLAGS)

VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)
MADE    := $(VENV)/.made-with-python-$(VERSION)
READY   := $(VENV)/.ready
TESTING := $(VENV)/.ready-to-test

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-all bench engine wheel clean

help:
	@echo 'make demo      score the example district, print the ranking and one score in full'
	@echo 'make test      style, types and tests, with and without the rules engine'
	@echo 'make test-all  the same and the long tests'
	@echo 'make bench     measure departments a second and memory'
	@echo 'make engine    compile the rules engine, also on Python 3.13 and later'
	@echo 'make wheel     build the wheel into dist/'
	@echo 'make clean     remove .venv and all that was built'

demo: $(READY)
	@$(BIN)/kaohe demo
	@echo 'kaohe: the command is $(BIN)/kaohe' >&2

# The second pass repeats whatever a matcher could change. Where the engine is absent the first was that pass.
test: $(TESTING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST) -m 'not long'
	@! $(HAVE_ENGINE) || { set -x; $(PYTEST) -m 'not long and not once' --without-engine; }

test-all: test
	$(PYTEST) -m long

bench: $(READY)
	@$(call install,bench)
	$(BIN)/python benchmarks/run.py $(BENCH_FLAGS)
	$(BIN)/python benchmarks/verify.py
	$(BIN)/python benchmarks/papers.py
	$(BIN)/python benchmarks/audit.py

# Python 3.13 dropped the old name of one function; earlier versions do not mind the flag.
engine: $(READY)
	CPPFLAGS='$(CPPFLAGS) -DPyEval_CallObject=PyObject_CallObject' \
	    $(PIP) install --no-cache-dir --force-reinstall --no-deps 'durable-rules>=2.0.28'
	@$(HAVE_ENGINE) && echo 'kaohe: durable-rules is installed' >&2

wheel: $(READY)
	$(PIP) wheel --no-deps --wheel-dir dist .
	@ls dist/*.whl

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what must be there first -----------------------------------------------------------------------------------------

# Debian names its packages after the command: python3-venv, python3.12-dev.
STEM     = $(notdir $(PYTHON))
OLD      = $(shell $(PYTHON) -c 'import sys; print("old" if sys.version_info < (3, 10) else "")' 2>/dev/null)
NO_VENV  = $(if $(shell $(PYTHON) -c 'import ensurepip, venv; print("found")' 2>/dev/null),,$(STEM)-venv)
HEADERS  = $(shell $(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("include"))' 2>/dev/null)
NO_BUILD = $(if $(shell command -v gcc || command -v cc),,gcc) $(if $(wildcard $(HEADERS)/Python.h),,$(STEM)-dev)
MISSING  = $(strip $(if $(VERSION),,$(STEM)) $(NO_VENV) $(NO_BUILD))
SUDO     = $(if $(filter 0,$(shell id -u)),,sudo )
APT      = $(SUDO)apt-get update && $(SUDO)apt-get install -y $(MISSING)

HAVE_ENGINE = $(BIN)/python -c 'import durable_rules_engine' 2>/dev/null

TOO_OLD = kaohe: needs Python 3.10 or later, and $(PYTHON) is $(VERSION). Name a later one: make PYTHON=python3.11 …
INSTALL = kaohe: missing: $(MISSING). To install:  $(APT)
PLAIN   = kaohe: without durable-rules the plain matcher decides, with the same scores; `make engine` adds it

# Without Python or venv nothing goes; without a compiler or Python's headers the plain matcher does the work.
$(MADE):
	@$(if $(OLD),echo '$(TOO_OLD)' >&2; exit 1)
	@$(if $(MISSING),echo '$(INSTALL)' >&2)
	@$(if $(VERSION),,exit 1)
	@$(if $(NO_VENV),exit 1)
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# --- set-up -----------------------------------------------------------------------------------------------------------

# What pyproject.toml asks for, by part: "" to run, "engine", or the name of an extra. The engine is a part by itself,
# so that a machine that cannot compile it gets all the rest.
define PARTS
from importlib.metadata import requires
from sys import argv

for line in requires("kaohe"):
    need, _, marker = line.partition(";")
    extra = marker.partition("extra ==")[2].strip(" '\"")
    if argv[1] == ("engine" if need.startswith("durable") else extra):
        print(line if argv[1] == "engine" else need)
endef
export PARTS

install = $(BIN)/python -c "$$PARTS" '$(1)' >$(VENV)/needs.txt && $(PIP) install --no-warn-conflicts --use-pep517 -r $(VENV)/needs.txt

$(READY): $(MADE) pyproject.toml
	@echo 'kaohe: installing into $(VENV) …' >&2
	@$(PIP) install --no-deps --editable .
	@$(call install)
	$(if $(strip $(NO_BUILD)),,@-$(call install,engine))
	@$(HAVE_ENGINE) || echo '$(PLAIN)' >&2
	@touch $@

$(TESTING): $(READY)
	@echo 'kaohe: installing what the tests need …' >&2
	@$(call install,test)
	@touch $@
