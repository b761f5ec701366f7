"""TMX 1.4b (Translation Memory eXchange), read and written as a stream: memory stays flat however long the file.

Texts are read without the native code of their inline elements; a unit that says more than its fields do keeps its
element, and is written back with all of it.
"""

from corpus.tmx.reading import read, tags
from corpus.tmx.units import TranslationUnit, Variant
from corpus.tmx.writing import VERSION, write

__all__ = ["VERSION", "TranslationUnit", "Variant", "read", "tags", "write"]
