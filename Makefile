# Two commands do all: `make demo` builds and asks the graph, `make test` runs all tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT := visualizations

.PHONY: demo install test lint clean

demo: $(VENV)/installed
	@$(BIN)/kg build data/jianghan-2019/report.csv --store store
	@$(BIN)/kg query shared-projects --store store
	@$(BIN)/kg view departments --store store -o $(OUT)/departments.html
	@$(BIN)/kg export --store store -o $(OUT)/jianghan-2019.ttl
	@echo
	@echo "Graph:          store (ask it more: $(BIN)/kg query --list)"
	@echo "Network page:   $(OUT)/departments.html (open it in a browser, no network needed)"
	@echo "Turtle file:    $(OUT)/jianghan-2019.ttl"

install: $(VENV)/installed

test: $(VENV)/installed-test
	$(BIN)/python -m pytest

lint: $(VENV)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

clean:
	rm -rf $(VENV) store $(OUT)/*.html $(OUT)/*.ttl

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(PIP) install --constraint constraints.txt --editable ".[test]"
	@touch $@
