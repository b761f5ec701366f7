"""Use cases over an open desk, one module each: what a face asks for, and a job does."""
