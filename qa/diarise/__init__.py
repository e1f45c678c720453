"""Who spoke: what was heard on each channel becomes a transcript with speakers."""

from qa.diarise.channels import by_channel, imported, one_speaker

__all__ = ["by_channel", "imported", "one_speaker"]
