"""How good are we: figures against references that other people made."""
