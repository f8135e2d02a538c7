"""Files in and out: readers, writers, codebook files, sheets."""
