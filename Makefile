# Kirjaamo: `make demo` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PEERS := build/peers/.installed
ROOMS := cli validators classifications mappings migration archive finance audit samples reports
DOCS := README.md docs/*.md

.PHONY: demo test check typing docs messages truth structures archive finance crash bench clean

# Install everything and run Kirjaamo over a whole synthetic region.
demo: $(STAMP)
	$(BIN)/kirjaamo demo --lang fi

# Install everything and run every test, with coverage; doctests and docs included.
test: $(STAMP)
	@.ci/system-packages postgresql chromium libvoikko1 voikko-fi
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term

# Formatting, lint and types.
check: $(STAMP) typing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# Type checkers follow links, not import hooks: the rooms are linked as one package.
typing: $(STAMP)
	@mkdir -p build/typing/kirjaamo
	@ln -sfn $(CURDIR)/core/* build/typing/kirjaamo/
	@for room in $(ROOMS); do ln -sfn $(CURDIR)/$$room build/typing/kirjaamo/$$room; done
	cd build/typing && ../../$(BIN)/mypy --config-file ../../pyproject.toml -p kirjaamo

# Write the generated parts of the docs anew.
docs: $(STAMP)
	$(BIN)/python -m cogapp -r $(DOCS)

# Collect sentences, list those without a translation, compile the catalogues.
messages: $(STAMP)
	$(BIN)/python -m kirjaamo.messages.update

# What the rules find of the injected defects: table and build/measures/truth.json.
truth: $(STAMP)
	$(BIN)/python -m benchmarks.truth

# What is known of the national document structures: table and build/measures/structures.json.
structures: $(STAMP)
	$(BIN)/python -m benchmarks.structures

# Checks of archive documents: what they find, and build/measures/archive.json.
archive: $(STAMP)
	$(BIN)/python -m benchmarks.archive

# Random ledgers filed, proved by Arelle, converted and summed: build/measures/finance.json.
finance: $(STAMP)
	$(BIN)/python -m benchmarks.finance

# Migrations killed at random instants and resumed: table and build/measures/crash.json.
crash: $(STAMP)
	@.ci/system-packages postgresql
	$(BIN)/python -m benchmarks.crash

# Ratios against peers in one run: `make bench` or `make bench SECTION=check`.
bench: $(STAMP) $(PEERS)
	$(BIN)/python -m benchmarks $(SECTION)

clean:
	rm -rf .venv build dist .coverage* .hypothesis .mypy_cache .ruff_cache .pytest_cache

$(STAMP): pyproject.toml constraints.txt
	@.ci/system-packages python3-venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q core $(ROOMS)
	@touch $@

$(PEERS): benchmarks/constraints.txt
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --require-hashes -r benchmarks/constraints.txt
	@touch $@
