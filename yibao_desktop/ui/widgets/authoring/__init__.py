"""Forms for making content packs."""
