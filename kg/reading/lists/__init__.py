"""Lists of tasks in running text: numbers, labels, headings."""
