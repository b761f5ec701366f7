"""Readers: from a file of some kind to pages of blocks."""
