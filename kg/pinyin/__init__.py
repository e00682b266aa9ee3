"""The readings of Chinese characters, and names found by how they are typed."""
