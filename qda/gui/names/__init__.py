"""Reviewing names that were found, putting pseudonyms for them, and leading back."""
