"""The application's own tables in a desk, beside those of the libraries."""
