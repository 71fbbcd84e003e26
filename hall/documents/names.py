"""File names that every system takes: readable Chinese, nothing that Windows refuses, no way out of a folder. Pure."""

import re
import unicodedata

MOST_CHARACTERS = 80
_REFUSED = re.compile(r'[\\/:*?"<>|\s]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)$")


def file_name(title: str, fallback: str = "文件") -> str:
    """The title as a name without ending: without invisible characters and those that file systems refuse."""
    visible = "".join(char for char in title if unicodedata.category(char)[0] != "C" or char in "\t\n")
    name = _REFUSED.sub("-", visible).strip("-. ")[:MOST_CHARACTERS].rstrip("-. ")
    return f"{name}-" if _RESERVED.match(name) else name or fallback
