"""What the network says of each character, decoded into tasks."""
