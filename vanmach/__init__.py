"""The command line of vanmach.

The rooms are plain top-level packages (graph, ingest, queries, viz). Another distribution may have a package of
the same name; answering from somebody else's `graph` would be worse than not starting, so it is checked here.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

ROOMS = ("graph", "ingest", "queries", "viz")


def foreign_rooms() -> dict[str, str]:
    """Rooms that would be imported from elsewhere than beside this package, with the place they come from."""
    home = Path(__file__).resolve().parent.parent
    found = {}
    for room in ROOMS:
        spec = find_spec(room)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or origin.parent.parent != home:
            found[room] = str(origin or "nowhere")
    return found


if foreign := foreign_rooms():
    _listed = ", ".join(f"{room} from {origin}" for room, origin in foreign.items())
    raise ImportError(
        f"vanmach would import packages that are not its own: {_listed}. "
        "Install vanmach into a virtual environment of its own, or leave the folder that holds those packages."
    )
