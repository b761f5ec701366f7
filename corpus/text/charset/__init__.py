"""From bytes to text: which encoding they are in, by what they show, what they declare, and what makes sense."""
