# Two commands do all: `make demo` builds and asks the graph, `make test` runs all tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT := visualizations

.PHONY: demo install test lint fuzz nightly train docs release clean

demo: $(VENV)/installed
	@$(BIN)/kg build data/jianghan-2019/report.csv --store store
	@$(BIN)/kg query shared-projects --department 教育局 --store store
	@$(BIN)/kg view departments --store store -o $(OUT)/departments.html >/dev/null
	@$(BIN)/kg export --store store -o $(OUT)/jianghan-2019.ttl >/dev/null
	@echo
	@$(BIN)/kg summary --store store --page $(OUT)/departments.html --turtle $(OUT)/jianghan-2019.ttl

install: $(VENV)/installed

test: $(VENV)/installed-test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Two minutes of broken files: each is read, or refused in one sentence.
fuzz: $(VENV)/installed-test
	$(BIN)/python -m benchmarks.fuzz --seconds 120

# What takes longer: broken files for ten minutes, 20,000 requests, and 100 kills of each command.
nightly: $(VENV)/installed-test
	$(BIN)/python -m benchmarks.fuzz --seconds 600
	$(BIN)/python -m benchmarks.fuzz.requests --times 20000
	$(BIN)/python -m benchmarks.kills --times 100

# Makes data/model anew from data/training, and prints how good it is. Threads wait for each other for
# about a millisecond before they sleep: longer costs much where cores are shared, shorter costs always.
train: export GOMP_SPINCOUNT ?= 100000
train: $(VENV)/installed-train
	$(BIN)/python -m training

# The documentation as a site in `site`, with the references of the library and the ontology.
docs: $(VENV)/installed-docs
	$(BIN)/python scripts/build_site.py

# Builds sdist and wheel, checks both, and uses the wheel on each Python that is here.
release: $(VENV)/installed-release
	rm -rf dist
	$(BIN)/python -m build --outdir dist
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl
	@du -h dist/*
	scripts/try_wheel.sh dist/*.whl

clean:
	rm -rf $(VENV) dist store site build/site-source $(OUT)/*.html $(OUT)/*.ttl

# The editor for SPARQL comes from npm; without npm queries are written in a plain field.
$(VENV)/installed: pyproject.toml constraints.txt scripts/build_editor.py
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	@if ! command -v npm >/dev/null || ! $(BIN)/python scripts/build_editor.py; then \
	  echo "no editor from npm: queries are written in a plain field"; fi
	@touch $@

# axe-core, which checks pages for accessibility, comes from npm; without npm its tests are left out.
$(VENV)/installed-test: $(VENV)/installed tests/browser/package.json
	$(PIP) install --constraint constraints.txt --editable ".[test]"
	@mkdir -p $(VENV)/npm && cp tests/browser/package.json $(VENV)/npm/
	@if command -v npm >/dev/null; then \
	  npm install --prefix $(VENV)/npm --no-package-lock --no-audit --no-fund --loglevel=error; \
	else echo "no npm: pages are not checked for accessibility"; fi
	@touch $@

$(VENV)/installed-release: $(VENV)/installed
	$(PIP) install --constraint constraints.txt --editable ".[release]"
	@touch $@

$(VENV)/installed-train: $(VENV)/installed
	$(PIP) install --constraint constraints.txt --editable ".[train]"
	@touch $@

$(VENV)/installed-docs: $(VENV)/installed
	$(PIP) install --constraint constraints.txt --editable ".[docs]"
	@touch $@
