"""How units and their heads answer for the doors of their area: figures with denominators, explanations, the weekly report."""
