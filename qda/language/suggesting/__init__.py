"""Segments that a code may be meant for: by the codebook's keywords, and by what was coded so."""
