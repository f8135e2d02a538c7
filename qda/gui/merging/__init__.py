"""Merging a colleague's copy of the project: what it would do, and what is to be decided."""
