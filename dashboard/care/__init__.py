"""Care of customers on the page: lists of who waits, following up, asking, one customer's course."""
