"""A small translation model of our own, and the trainer that makes it; see README.md."""
