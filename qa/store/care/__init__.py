"""Customers: who was left alone, who is followed up, everything that is known of one."""
