"""`python -m vanmach`, and the `vanmach` command."""

from vanmach import collecting  # noqa: F401 (a module of commands registers them when imported)
from vanmach.app import main

if __name__ == "__main__":
    main()
