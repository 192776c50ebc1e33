"""How well search does what it is for, measured."""
