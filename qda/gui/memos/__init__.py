"""The memos workspace: every memo and note of the project in one place."""
