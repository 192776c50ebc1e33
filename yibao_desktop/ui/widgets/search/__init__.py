"""The search box and what was found."""
