"""Drafts that obey the term base: by the model's own decoding where an engine gives a hand in it, else by its texts."""
