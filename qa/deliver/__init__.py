"""Messages leave the house: mail and webhook, signed, tried again, kept back in quiet hours."""
