"""Making it known (tuyên truyền): ready materials with a unit's own figures, and messages to owners of silent places."""
