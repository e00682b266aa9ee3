"""The commands of `kg`, grouped by subject; `kg.cli` registers them."""
