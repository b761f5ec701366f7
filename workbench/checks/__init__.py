"""Checks: rules of quality over texts and their translations, one module a family of rules."""
