"""Other ways to the same paper: each sets a ``PrintDocument`` in the look of the official sheet."""
