"""The project file: opening, history, integrity, and one query module for each entity."""
