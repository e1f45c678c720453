"""Files: recordings in a folder or far away, refused files, writing that survives a power cut."""
