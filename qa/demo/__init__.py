"""The demo centre: a made-up contact centre to look around in, marked as generated everywhere.

Heavy modules load at first use, for every page of the desk asks whether there is a demo.
"""

from typing import TYPE_CHECKING

from qa.demo.state import DemoState, demo_state

if TYPE_CHECKING:
    from qa.demo.centre import CALLS, create, remove
    from qa.demo.history import History

__all__ = ["CALLS", "DemoState", "History", "create", "demo_state", "remove"]
_HOMES = {"CALLS": "centre", "create": "centre", "remove": "centre", "History": "history"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"qa.demo.{_HOMES[name]}"), name)
