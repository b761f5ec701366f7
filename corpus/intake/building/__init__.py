"""The building of articles from the pages of files: the blocks of each, its headline, its byline and its date."""
