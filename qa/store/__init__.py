"""The only package that speaks SQL: tables, migrations, and one small module a subject.

Open with ``qa.store.database.Database``; every function takes the transaction it works in first.
"""
