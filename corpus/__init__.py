"""Articles and bitexts: reading, segmenting, aligning, remembering and exchanging bilingual text.

A library: it knows no web, no command line and no term base. What it needs of others comes in as an argument.
"""
