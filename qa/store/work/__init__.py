"""Work on calls: jobs, who holds them, runs over many calls, how long stages take."""
