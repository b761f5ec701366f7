"""What newspapers print around their articles, and how lines tell what they are."""
