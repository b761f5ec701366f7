"""Translation packages: what is installed, what the index offers, and how one comes and goes."""
