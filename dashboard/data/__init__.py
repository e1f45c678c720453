"""The only door from the pages to the store. One module a subject; nothing else imports ``qa.store``."""
