"""Building blocks without a subject."""
