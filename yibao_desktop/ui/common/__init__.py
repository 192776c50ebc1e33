"""What every page is given and every room may name: services, news, places, actions, voice."""
