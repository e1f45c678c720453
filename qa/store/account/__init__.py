"""Who may come in: users, sessions, second factors, keys of systems."""
