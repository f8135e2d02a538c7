"""The program around the core: session, settings, language, paths, logging."""
