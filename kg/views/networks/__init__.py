"""The networks that pages show, and the details of their nodes."""
