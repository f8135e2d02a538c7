"""Correcting a transcript: the text is edited, codings and turns follow."""
