"""Read spreadsheets: the cells of visible sheets, with their values as displayed."""
