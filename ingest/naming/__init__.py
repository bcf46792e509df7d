"""Agencies by their canonical names, with jurisdiction."""
