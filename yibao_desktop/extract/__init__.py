"""Reads documents of the user's own in a process of its own, and gives their text as blocks."""
