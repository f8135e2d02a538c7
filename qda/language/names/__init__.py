"""Finding names, places and numbers of people in texts, to put pseudonyms in their place."""
