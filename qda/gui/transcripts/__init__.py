"""A source as a transcript shows it, in whatever place it is read."""
