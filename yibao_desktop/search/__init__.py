"""Finding the passage that answers a question typed in everyday Chinese."""
