"""Spreadsheets: the cells of visible sheets with the values that they show."""
