"""Playing recordings: the player itself, the bar that shows it, and the text that follows it."""
