"""Plain data that crosses layers: entities, identifiers, changes, messages and errors. No I/O."""
