"""Personal data in a text: found with kind, place and certainty, and masked in place."""

from gongkai.content.personal.finding import Finding, mask, mask_html
from gongkai.content.personal.practice import Practice, default_practice
from gongkai.content.personal.search import find, find_in_html

__all__ = ["Finding", "Practice", "default_practice", "find", "find_in_html", "mask", "mask_html"]
