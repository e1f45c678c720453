"""The database itself: how its file is opened, brought to this version, copied, what its failures mean."""
