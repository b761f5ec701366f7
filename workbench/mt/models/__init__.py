"""Models of machine translation in memory, and the library whose packages and settings they come with."""
