"""The parts of the page of imports: choose, map, confirm dates, try, take in; history; keys."""
