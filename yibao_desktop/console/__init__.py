"""How the console command reads its arguments and prints what the services return."""
