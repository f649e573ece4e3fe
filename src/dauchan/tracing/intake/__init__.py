"""How cases come in: laboratory results, lists of cases, and whether somebody is known already."""
