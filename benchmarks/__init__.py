"""Measurements that are not tests: time, size, and the accuracy of the graph."""
