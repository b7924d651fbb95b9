"""How the reader's decisions are trained: labelled articles in, ``servanda/reading/decisions/weights.json`` out."""
