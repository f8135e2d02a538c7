"""The codebook workspace: the tree of codes, and every field of the code at hand."""
