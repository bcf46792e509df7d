"""What a person looks at: the offline page (`write_view`), and pyvis for notebooks (`to_pyvis`)."""

from viz.notebook import to_pyvis
from viz.page import render_view, write_view

__all__ = ["render_view", "to_pyvis", "write_view"]
