"""Content packs: what a publisher says of a pack, and what it changes in the guide."""
