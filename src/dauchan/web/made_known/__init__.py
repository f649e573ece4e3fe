"""Making it known: materials of a unit to download, messages to owners of silent places, the owner's own say in them."""
