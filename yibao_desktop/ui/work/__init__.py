"""Work beside the window: tasks in the background, waiting, what is not stored yet."""
