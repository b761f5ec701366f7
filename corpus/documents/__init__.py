"""A bitext as a document: as an article (DOCX, HTML, text), and as a Word table that comes back."""

from corpus.documents.docx_article import write_docx
from corpus.documents.docx_table import ENGLISH, TableNames, write_table
from corpus.documents.html import write_html
from corpus.documents.plain import write_text
from corpus.documents.table_reading import read_table

__all__ = ["ENGLISH", "TableNames", "read_table", "write_docx", "write_html", "write_table", "write_text"]
