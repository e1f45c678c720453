"""Drawings as images: ``st.html`` drops SVG elements, an image with a data address stays."""

from base64 import b64encode

from markupsafe import Markup


def image(svg: str, alt: str = "") -> Markup:
    """An SVG as an image; an empty ``alt`` marks decoration."""
    data = b64encode(svg.encode()).decode()
    return Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(alt, data)


def svg(width: float, height: float, body: str) -> str:
    """An SVG document of that size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{body}</svg>'
    )
