"""The tests of the project, in folders as its code; what several of them need stands here."""
