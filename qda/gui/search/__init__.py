"""The search workspace: words in all sources, lines in context, lists of words."""
