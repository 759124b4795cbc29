"""Gongkai 公开: software for Chinese government information disclosure."""

__version__ = "0.1.0"
