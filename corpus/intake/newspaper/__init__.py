"""The lines that newspapers print around their articles, and the signs that such lines are known by."""
