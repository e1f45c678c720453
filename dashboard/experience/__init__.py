"""The experience page: the pulse, drivers of satisfaction, topics, who comes back, what answering does."""
