"""The parts of the overview: tiles, course, what needs a person, where points are lost."""
