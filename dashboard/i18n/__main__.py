"""``python -m dashboard.i18n extract [--clean]``: update the template, merge it into the translations."""

import sys

from dashboard.i18n.extract import extract


def main(arguments: list[str]) -> int:
    """The exit code: 0, or 2 for an unknown command."""
    if arguments not in (["extract"], ["extract", "--clean"]):
        sys.stderr.write("Use: python -m dashboard.i18n extract [--clean]\n")
        return 2
    news = list(extract(clean="--clean" in arguments))
    sys.stdout.write("\n".join(news) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
