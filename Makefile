# Everything a person types: setup, demo, test, accuracy, bench. Each works alone on a fresh clone.
PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
VANMACH := .venv/bin/vanmach
DEMO := .vanmach/demo

.PHONY: setup demo test docs accuracy bench lock clean

setup: .venv/ready

# the lock file's hashes are checked; the project itself is then linked in, so an edit is live
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@echo "Setting up .venv (some minutes the first time) …"
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: setup  # the examples, from files to answers
	@rm -rf $(DEMO)
	@$(VANMACH) ingest examples -w $(DEMO)
	@echo; echo "Which units carry out Chỉ thị 21-CT/TW?"
	@$(VANMACH) units 21-CT/TW -w $(DEMO)
	@echo; echo "How did it travel?"
	@$(VANMACH) trace 21-CT/TW -w $(DEMO)
	@echo; echo "Which plans are missing or late?"
	@$(VANMACH) check 21-CT/TW -w $(DEMO)
	@$(VANMACH) view 21-CT/TW -w $(DEMO) -o $(DEMO)/chi-thi-21.html

# files of tests run in two processes, each with a Neo4j server of its own; a server that is given to them is one
PROCESSES ?= $(if $(VANMACH_NEO4J_URI),0,2)
test: setup  # lint, types, the rule of imports, then every test
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo >/dev/null || .venv/bin/lint-imports
	@.venv/bin/python -m pytest --quiet --numprocesses=$(PROCESSES) --dist=loadfile --no-loadscope-reorder

docs: setup  # write anew what the documentation shows: the CLI reference, and what its commands print
	@.venv/bin/python tools/write_docs.py

accuracy: setup  # the scorer's tables on every annotated document of ../shared, and of the folders that GOLD names
	@.venv/bin/python tests/accuracy.py $(GOLD)

SIZE ?= whole
bench: setup  # the page beside pyvis, the cascade of a country in the embedded store, Neo4j and networkx; SIZE=tenth is sooner done
	-@.venv/bin/python -m benchmarks.view  # needs Chromium; what misses a bar stops nothing
	@.venv/bin/python -m benchmarks.national $(SIZE)

lock:  # needs uv; writes every version and hash for Python 3.11 and later
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra test --python-version 3.11 -o requirements.lock pyproject.toml

clean:
	rm -rf .venv .vanmach
