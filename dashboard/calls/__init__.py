"""The list of calls: what narrows it, how a line looks, and the same lines as a file."""
