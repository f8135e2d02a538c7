"""The quotes workspace: quotes as they are printed, those picked for the text, their uses."""
