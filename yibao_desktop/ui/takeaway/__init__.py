"""What is taken along: paper, PDF, text, calendar, one file of all records."""
