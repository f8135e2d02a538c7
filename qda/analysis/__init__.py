"""Counting: one engine behind every matrix, list and count."""
