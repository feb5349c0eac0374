"""Assessment models: what they are among definitions, and what is made from them."""
