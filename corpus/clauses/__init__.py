"""The clauses of an agreement that its card is read from, a module for each kind of clause."""
