"""What the graph is: its schema, its model, the stores that hold it, and the dated gazetteer."""
