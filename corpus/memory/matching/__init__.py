"""The memory's matches for a sentence: the index of similar texts, the comparison, and the repair of a match."""
