"""冊子: asking for it, making it in the worker, and clearing it away."""
