"""Frozen dataclasses and pure rules of the guide; imports neither Qt nor SQL."""
