"""Widgets that know no project."""
