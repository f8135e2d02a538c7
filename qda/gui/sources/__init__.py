"""The workspace of the sources: what there is, who speaks in it, and how it comes in."""
