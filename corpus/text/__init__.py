"""Written text: languages, scripts, characters, numbers, dates. Imports nothing of the project's."""
