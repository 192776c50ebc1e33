"""The window around the pages: bars, tree, the way to pages and back."""
