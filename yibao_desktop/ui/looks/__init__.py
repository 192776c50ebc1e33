"""How things look: themes, icons, fonts, and the guide's text as Qt shows it."""
