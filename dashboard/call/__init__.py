"""One call: what was found in it, in the words and shapes that its page shows."""
