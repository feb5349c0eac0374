"""Commands on sources: connected, changed, started, paused, handed over, put away."""
