"""Taking words and people out of rows, for good: of calls, feedback, the file itself; and what must stay."""
