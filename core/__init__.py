"""Small things that every room uses; it knows none of them."""
