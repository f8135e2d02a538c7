"""Work that takes time: progress, cancelling, running off the main thread. No Qt, no SQL."""
