"""What is measured beside the tests: time, size, and how right the graph is."""
