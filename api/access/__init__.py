"""Who is asking, and the index of just what that one may read."""
