"""The engines of machine translation: what each needs and how it is asked."""
