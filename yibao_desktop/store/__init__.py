"""The two databases: content (read only) and the user's own."""
