"""The decoding of bytes: their encoding by what they show, by what they declare, and by what makes sense."""
