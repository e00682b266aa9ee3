"""Answers to plain-language questions about a graph: sentences, then the table behind them."""
