"""Texts that are written from a project: chapter, trace, method appendix, case profile, quotes."""
