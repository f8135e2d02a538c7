"""The command line: everything that makes sense without a window."""
