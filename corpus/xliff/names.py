"""What the elements and attributes of our XLIFF files are called."""

CORE = "urn:oasis:names:tc:xliff:document:2.0"  # also of 2.1
OWN = "urn:sti-workbench:bitext:1"
BITEXT, MADE, UNIT_VERSION = (f"{{{OWN}}}{name}" for name in ("bitext", "made", "version"))
# Of the notes that are ours, and not a person's.
CATEGORY = "workbench"


def core(name: str) -> str:
    """The full name of an element of XLIFF."""
    return f"{{{CORE}}}{name}"
