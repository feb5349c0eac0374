"""Commands about voice and video messages: brought in piece by piece, described, deleted for good."""
