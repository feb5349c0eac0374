"""What insights prints."""
