"""Units that come in by files: staged, met with what is there, and what each file said of them."""
