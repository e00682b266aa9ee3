"""The answerable units: their names, groups, roles and expansion."""
