"""The database's history. `upgrade` brings a database to its end; `differences` compares it with the models."""
