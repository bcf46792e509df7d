"""From what is resolved to the graph: nodes, edges, and what changes of them with a document."""
