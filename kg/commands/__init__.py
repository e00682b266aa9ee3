"""The commands of `kg`, by what they work on; `kg.cli` gathers them."""
