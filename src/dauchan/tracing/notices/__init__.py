"""Places and times of exposure made public; phones match them on the phone."""
