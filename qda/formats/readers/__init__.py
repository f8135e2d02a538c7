"""Files turned into text, turns and notes: one module for each type of file."""

from qda.formats.readers.reading import known_endings, read_file, reread

__all__ = ["known_endings", "read_file", "reread"]
