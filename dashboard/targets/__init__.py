"""The parts of the page of targets: what counts where, and setting it."""
