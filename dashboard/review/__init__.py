"""The review desk's pages: queue, coverage, plan, disputes."""
