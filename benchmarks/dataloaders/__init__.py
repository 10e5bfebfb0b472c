"""What most teams build: Strawberry with DataLoaders over SQLAlchemy's async ORM, on the same tables."""
