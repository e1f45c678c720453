"""Lists of calls: filters, pages, search in their words, counts for pages that compare."""
