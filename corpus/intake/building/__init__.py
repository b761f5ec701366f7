"""From the pages of files to articles: which blocks belong together, and what is their headline, byline and date."""
