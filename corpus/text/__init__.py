"""What is known of written text: languages, scripts, characters, numbers, dates. Imports nothing of the project's."""
