"""Text without mark-up and without the page around it, with a map back to what was read."""
