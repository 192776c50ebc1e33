"""What is derived, in words."""
