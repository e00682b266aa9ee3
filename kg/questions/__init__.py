"""The catalogue of questions to a graph, and how to ask them."""
