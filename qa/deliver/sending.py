"""What every way of sending has in common."""


class Undeliverable(Exception):
    """A message did not arrive. ``code`` is stored and shown, never the words of a server, which may repeat
    what was sent. ``final``: trying again cannot help.
    """

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.final = final
