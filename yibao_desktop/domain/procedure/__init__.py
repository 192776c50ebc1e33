"""Procedures: what is asked, what follows, and that no way through ends nowhere."""
