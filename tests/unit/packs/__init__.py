"""Content packs."""
