"""What the course adds to a page, and the local server that shows it.

MkDocs and Zensical both know this package as the Markdown extension `labs.kit.site`.
"""

from typing import Any


def makeExtension(**options: Any) -> Any:
    """What Python-Markdown calls."""
    # Only here: the local server imports this package too, and needs no Markdown.
    from labs.kit.site.extension import CourseExtension

    return CourseExtension(**options)
