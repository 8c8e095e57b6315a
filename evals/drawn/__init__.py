"""Invented agreements drawn by lot, whose headings are known: what the heading rules are measured on."""
