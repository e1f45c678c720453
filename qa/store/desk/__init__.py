"""The review desk: plans of samples, reviews by people, disputes, corrections. Every read takes a scope."""
