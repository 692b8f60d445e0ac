"""A run as tables for other programs (数据交换): flat, with a dictionary that says what each column holds."""

from scoring.exchange.frames import frames
from scoring.exchange.model import Field, Frame

__all__ = ["Field", "Frame", "frames"]
