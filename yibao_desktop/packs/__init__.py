"""Content packs: signed files, whose they are, and what is installed of them."""
