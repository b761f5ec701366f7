"""What the application itself keeps in a desk beside the libraries' tables."""
