"""What a user can do: one module for each noun, one function for each verb, one undo step each."""
