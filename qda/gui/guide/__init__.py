"""The interview guide in the window: taken in, matched, corrected, its answers coded."""
