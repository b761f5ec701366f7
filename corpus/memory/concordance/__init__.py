"""Any part of a text, found on either side of the memory."""
