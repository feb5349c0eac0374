"""Voice and video messages: what a file really is, which part of it was asked for, and captions out of a text."""
