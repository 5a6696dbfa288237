"""Records and restored text drawn for people, with rich."""
