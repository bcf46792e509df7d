# Everything a person types: setup, demo, test, accuracy. Each works alone on a fresh clone.
PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
EXAMPLES := .vanmach/demo

.PHONY: setup demo test accuracy lock clean

setup: .venv/ready

# the lock file's hashes are checked; the project itself is then linked in, so an edit is live
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@echo "Setting up .venv (some minutes the first time) …"
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

accuracy: setup  # the scorer's tables on every annotated document of ../shared
	@.venv/bin/python tests/accuracy.py

lock:  # needs uv; writes every version and hash for Python 3.11 and later
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra test --python-version 3.11 -o requirements.lock pyproject.toml

clean:
	rm -rf .venv .vanmach
