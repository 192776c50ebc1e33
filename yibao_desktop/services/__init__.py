"""What the window and the console call; everything returned is frozen data."""
