"""Work beside the window: calls in the background, and waiting for them."""
