"""What pages share: frame, sign-in, language, charts, and the one door to the store."""
