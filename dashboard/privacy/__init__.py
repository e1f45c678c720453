"""The parts of the page of privacy: what is kept and how long, holds, forgetting, who looked."""
