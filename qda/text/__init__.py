"""Canonical text and positions in it: normalising, offsets, turns, spans, words. No I/O."""
