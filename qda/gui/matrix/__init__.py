"""The matrix workspace: offices by codes, or anything by anything, every cell with its quotes."""
