"""Processes that run queries of clients, so that memory and time can be limited."""
