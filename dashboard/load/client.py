"""One open page: what a browser sends over its websocket, and what it waits for."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 30.0
"""Seconds after which a page counts as an error."""
FAILED = b"state_page_"
"""Part of the key of the box that says that a page failed."""


class PageFailed(Exception):
    """The page did not come, or told of an error."""


@dataclass(slots=True)
class Seen:
    """What came for one run: milliseconds do not stand here but at who asked. ``size`` is bytes."""

    seconds: float
    size: int


@dataclass(slots=True)
class Tab:
    """A browser's tab. ``pages`` are the addresses of the navigation, ``choices`` widgets with options."""

    cookie: str
    port: int
    pages: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    page: str = ""
    _kept: set[str] = field(default_factory=set)
    _socket: ClientConnection | None = None

    async def open(self) -> None:
        """Connect, as the shell's script does."""
        self._socket = await connect(
            f"ws://localhost:{self.port}/_stcore/stream",
            additional_headers={"Cookie": self.cookie},
            origin=f"http://localhost:{self.port}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
        )

    async def close(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()

    async def go(self, address: str, query: str = "") -> Seen:
        """Open a page of the navigation, or by its address before there is one.

        Raises:
            PageFailed: it told of an error, or did not come within ``PATIENCE``.
        """
        self.choices, self.states, self.page = {}, {}, address
        message = self._message(query)
        message.rerun_script.page_name = address
        message.rerun_script.page_script_hash = self.pages.get(address, "")
        return await self._ask(message)

    async def choose(self, widget: str, option: str) -> Seen:
        """Choose an option of a widget on the page.

        Raises:
            PageFailed: as ``go``.
        """
        self.states[widget] = WidgetState(id=widget, string_value=option)
        message = self._message("")
        message.rerun_script.page_script_hash = self.pages.get(self.page, "")
        return await self._ask(message)

    def _message(self, query: str) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        message.rerun_script.cached_message_hashes.extend(self._kept)
        return message

    async def _ask(self, message: BackMsg) -> Seen:
        if self._socket is None:
            raise PageFailed("closed")
        begun = time.perf_counter()
        try:
            await self._socket.send(message.SerializeToString())
            size = await asyncio.wait_for(self._finished(self._socket), PATIENCE)
        except (TimeoutError, OSError) as error:
            raise PageFailed(type(error).__name__) from error
        return Seen(time.perf_counter() - begun, size)

    async def _finished(self, socket: ClientConnection) -> int:
        size, failed = 0, False
        async for raw in socket:
            data = raw if isinstance(raw, bytes) else raw.encode()
            size += len(data)
            failed = failed or FAILED in data
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.pages = {
                    page.url_pathname: page.page_script_hash for page in message.navigation.app_pages
                }
            elif kind == "delta":
                failed = self._draw(message) or failed
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                if failed:
                    raise PageFailed("the page told of an error")
                return size
        raise PageFailed("the server closed the page")

    def _draw(self, message: ForwardMsg) -> bool:
        """Keep what a person could choose from; True when it is an error."""
        if message.metadata.cacheable:
            self._kept.add(message.hash)
        element: Any = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "radio"):
            found = getattr(element, kind)
            if len(found.options) > 1 and not found.disabled:
                self.choices[found.id] = (found.form_id, tuple(found.options))
        return bool(kind == "exception")
