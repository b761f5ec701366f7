"""Work that takes longer than a page should wait: the worker that does it, and a handler for each kind of work."""
