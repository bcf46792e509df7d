"""The web application of `vanmach serve`: pages and a JSON interface over one collection (docs/web.md)."""
