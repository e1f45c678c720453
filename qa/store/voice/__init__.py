"""What customers said outside calls: surveys, comments with their ledger, orders, and how they were read."""
