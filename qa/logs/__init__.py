"""What the processes of a site say of themselves: one line an event, without words and numbers of people."""

from qa.logs.scrub import about, scrub
from qa.logs.setup import adopt, set_up

__all__ = ["about", "adopt", "scrub", "set_up"]
