"""The weekly report as a file: HTML, PDF and XLSX of one ``qa.weekly.Week``, in Persian or English.

``content`` says what stands in it, once; the three writers only draw. Heavy modules load when a file is made.
"""
