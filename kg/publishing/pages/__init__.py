"""The pages and pictures of a bundle."""
