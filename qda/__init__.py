"""Code qualitative interviews and compare cases, on the researcher's own machine."""

__version__ = "0.1.0"
