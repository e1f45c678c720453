"""Taking words and people out of rows, for good: of calls, of feedback, of the file itself; and what must stay."""
