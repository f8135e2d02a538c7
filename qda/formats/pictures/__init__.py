"""Draw what was counted as pictures, and write them to files."""
