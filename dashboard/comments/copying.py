"""A button that copies the reply as it stands in its field, because the product posts nothing by itself."""

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.i18n import _

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

HTML = '<button type="button" class="button copy" aria-live="polite"></button>'
JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    const field = document.querySelector(`.st-key-${data.field} textarea`);
    if (!field) return;
    field.select();
    let done = false;
    try { await navigator.clipboard.writeText(field.value); done = true; }
    catch { done = document.execCommand("copy"); }  // an address without https has no clipboard of its own
    button.textContent = done ? data.done : data.failed;
    setTimeout(() => { button.textContent = data.label; }, 2500);
  };
}
"""


def copy_button(field: str, key: str) -> None:
    """The button; ``field`` is the key of the text area whose words it copies, edited or not."""
    words = {"label": _("Copy"), "done": _("Copied"), "failed": _("Select and copy it yourself")}
    _component()(key=key, data=words | {"field": field}, width="content")


@cache
def _component() -> "ComponentRenderer":
    return st.components.v2.component("copy_reply", html=HTML, js=JS, isolate_styles=False)
