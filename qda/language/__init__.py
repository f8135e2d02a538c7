"""Norwegian and English words: tokens, sentences, dictionary forms, search. No Qt, no SQL.

spaCy and simplemma are imported here alone, and only when they are first wanted.
"""
