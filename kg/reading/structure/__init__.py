"""What a file's own structure tells: lines, cells, rows, columns, merged cells."""
