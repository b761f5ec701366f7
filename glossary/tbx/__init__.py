"""TBX: read from v3 (ISO 30042:2019) in both styles and from v2, written as v3, and checked against its dialects.

The document type is never fetched and entities are never expanded.
"""

from glossary.tbx.checking import check
from glossary.tbx.dialects import NAMESPACE, Dialect, Style
from glossary.tbx.reading import read
from glossary.tbx.writing import write

__all__ = ["NAMESPACE", "Dialect", "Style", "check", "read", "write"]
