"""What every page is given and every room may name: context, places, actions, voice."""
