"""The running program: its start, its one window for a user, and what happens when it fails."""
