"""kaohe (考核): scores departments by rules written in YAML, and accounts for every point."""

__version__ = "0.1.0"
