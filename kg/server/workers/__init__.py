"""Processes that answer queries of strangers, so that they can be limited and ended."""
