"""`python -m vanmach`, and the `vanmach` command."""

# a module of commands registers them with the application when it is imported
from vanmach import asking, collecting, querying, sharing  # noqa: F401
from vanmach.app import app, main

__all__ = ["app", "main"]

if __name__ == "__main__":
    main()
