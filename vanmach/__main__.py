"""`python -m vanmach`, and the `vanmach` command."""

from __future__ import annotations

import sys

try:
    # a module of commands registers them with the application when it is imported
    from vanmach import asking, checking, collecting, querying, serving, sharing  # noqa: F401
    from vanmach.app import app, main
except KeyboardInterrupt:  # there is nothing to stop yet, and nobody yet who would say so
    print("vanmach: stopped", file=sys.stderr)
    sys.exit(130)

__all__ = ["app", "main"]

if __name__ == "__main__":
    main()
