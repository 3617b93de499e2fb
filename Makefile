PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test check typing docs messages clean

# Install everything and run Kirjaamo over a whole synthetic region.
demo: $(STAMP)
	$(BIN)/kirjaamo demo

# Install everything and run every test, with coverage.
test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term

# Formatting, lint and types.
check: $(STAMP) typing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# Type checkers follow links, not import hooks: the rooms are linked as one package.
typing: build/typing
	cd build/typing && ../../$(BIN)/mypy --config-file ../../pyproject.toml -p kirjaamo

build/typing: FORCE
	@mkdir -p build/typing/kirjaamo
	@ln -sfn $(CURDIR)/core/* build/typing/kirjaamo/
	@for room in cli validators classifications mappings samples reports; do \
		ln -sfn $(CURDIR)/$$room build/typing/kirjaamo/$$room; done

FORCE:
