"""What the hotline knows: articles in versions, published by a second person, and sentences agents use again."""
