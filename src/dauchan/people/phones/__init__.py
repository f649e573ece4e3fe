"""The browsers in which somebody is signed in by phone, how one is signed out from elsewhere, and numbers that change hands."""
