"""What the surveys page and the experience page share: filters, words, lines that open something."""
