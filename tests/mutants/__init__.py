"""Small faults put into the core on purpose, to see whether its tests notice."""
