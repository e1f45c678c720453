"""The review desk at work: the weekly plan, replacements, who reviews and who answers."""
