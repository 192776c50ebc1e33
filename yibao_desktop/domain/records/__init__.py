"""What the user keeps: cases, bookmarks, visits."""
