"""Finds text on a page that nobody translates."""

import ast
import re

_SHOWN = (
    "button text_input text_area number_input selectbox multiselect radio checkbox toggle slider "
    "select_slider date_input time_input file_uploader download_button link_button "
    "form_submit_button segmented_control pills chat_input markdown write caption header title "
    "subheader error warning info success toast metric text expander popover tabs dialog spinner "
    "status menu_button head panel_title chip redaction Change Tile Row Column Cell Figure show note"
)
SHOWN = frozenset(_SHOWN.split())
"""Calls whose first argument is read by people."""
LATER = {"panel": (1, 2), "empty": (1, 2, 3), "not_allowed": (1, 2, 3), "failed": (2,), "metric": (0,)}
"""Calls whose arguments at these positions are."""
_NAMED = (
    "label help placeholder title note sub caption body text action detail unit meaning size "
    "interval alt page_title"
)
NAMED = frozenset(_NAMED.split())
"""Keyword arguments that are, of any of those calls."""
WORDING = frozenset({"_", "N_", "ngettext"})
LETTER = re.compile(r"[^\W\d_]")


def offenders(source: str) -> list[str]:
    """Line and text of each literal that would be shown as it is."""
    return [
        f"{node.lineno}: {text}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for text in _literals(node)
    ]


def asked(source: str) -> set[str]:
    """The texts that the code asks the catalogue for. A collector of texts does not look inside f-strings."""
    return {
        str(node.args[0].value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node) in WORDING and isinstance(node.args[0], ast.Constant)
    }


def _name(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        root: ast.expr = node.func
        while isinstance(root, ast.Attribute):
            root = root.value
        return "" if isinstance(root, ast.Name) and root.id in ("log", "sys") else node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _literals(node: ast.Call) -> list[str]:
    name = _name(node)
    if name == "Markup":
        return [text for arg in node.args for text in _texts(arg) if _outside_tags(text)]
    places = LATER.get(name, (0,) if name in SHOWN else ())
    if not places:
        return []
    shown = [node.args[place] for place in places if place < len(node.args)]
    shown += [keyword.value for keyword in node.keywords if keyword.arg in NAMED]
    return [
        text
        for arg in shown
        for text in _texts(arg)
        if LETTER.search(re.sub(r"&\w+;|:material/\w+:", "", text))
    ]


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))]
    if isinstance(node, ast.BinOp):
        return _texts(node.left) + _texts(node.right)
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    if isinstance(node, ast.List | ast.Tuple):
        return [text for element in node.elts for text in _texts(element)]
    return []


def _outside_tags(text: str) -> bool:
    plain = re.sub(r"<[^>]*>|<[^>]*$|^[^<]*>|\{[^}]*\}|&\w+;", "", text)
    return bool(LETTER.search(plain))
