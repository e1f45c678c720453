"""What the reviewing process opens first, and nothing else: it knows neither database nor engine."""

from qa.settings import Settings
from qa.worker.port import Reviewer


def open_site_reviewer(settings: Settings) -> Reviewer:
    """The reviewer of ``qa.worker.reviewing``, imported only in the process that reviews: it is heavy.

    Raises:
        ModelMissing: the recogniser's weights are not here or are damaged.
    """
    from qa.worker.reviewing import open_reviewer

    return open_reviewer(settings)
