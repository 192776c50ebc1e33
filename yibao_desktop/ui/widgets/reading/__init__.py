"""What stands on and beside a page that is read."""
