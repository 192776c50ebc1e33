"""Documents of the user's own: what is read out of them, and what is kept of them."""
