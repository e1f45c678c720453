"""Sentences about a metadata table, a row of it, and file-name patterns."""

from dashboard.i18n import N_

SENTENCES = (
    N_(
        "{name} has no column 'file' (its columns: {why}); name the column with the recordings' names 'file'."
    ),
    N_("{name} has two columns for {column}: {first} and {second}; remove one."),
    N_("{name} is no text table; save it as CSV (UTF-8) and use that file."),
    N_("{name} is empty; its first line must name the columns, one of them 'file'."),
    N_("{name} is a spreadsheet, not text; save it as CSV (UTF-8) first."),
    N_("{name} is larger than {count} MiB; split it."),
    N_("{name} cannot be read ({why}); check its path and rights."),
    N_("{name} is not UTF-8 and was read as Windows-1256."),
    N_("{name}: the columns {why} are not used."),
    N_("Line {line} of {name} is no table row ({why}); correct its quotes."),
    N_("Line {line} of {name} names no file; fill in the column 'file'."),
    N_("Line {line} of {name} has {count} cells under {limit} columns; quote cells with commas."),
    N_(
        "Line {line} of {name} has the time {value}, which is no date and time; write it as "
        "2026-11-22 10:15 or "
        "1405/09/01 10:15."
    ),
    N_(
        "Line {line} of {name} has the time {value}, which is a date or a time that does not exist; "
        "correct it."
    ),
    N_(
        "Line {line} of {name} has the time {value}, which can be read day first or month first; "
        "write the year "
        "first, as in 2026-11-22."
    ),
    N_(
        "Line {line} of {name} has the time {value}, which has the year {year}, which is neither "
        "1970 to 2099 nor "
        "1300 to 1499 (Jalali)."
    ),
    N_(
        "Line {line} of {name} has the time {value}, which has the hour {hour} with a half of the "
        "day; write 22:15 "
        "or 10:15 PM."
    ),
    N_("Line {line} of {name} has the time {value}, which has the offset {why}, which no time zone has."),
    N_("Line {line} of {name} has the direction {value}; use inbound, outbound or internal."),
    N_("Line {line} of {name} has the language {value}; use fa or en."),
    N_("Lines {line} of {name} say different things about {value}; keep one of them."),
    N_("Line {line} of {name} fits {count} files named {value}; write the folder before the name."),
    N_(
        "Line {line} of {name} names {value}, which is not among the files given; correct the name "
        "or add the file."
    ),
    N_("{count} more rows of {name} name files that were not given."),
    N_(
        "{count} files in the folders are no recordings by their names and were left out (the first "
        "is {name}); "
        "name them one by one to try them."
    ),
    N_("A pattern in QA_FILE_PATTERNS has {count} characters; use at most {limit}."),
    N_("The pattern {value} in QA_FILE_PATTERNS is no regular expression ({why}); correct it."),
    N_("The pattern {value} in QA_FILE_PATTERNS has the unknown group {name}; known groups are {why}."),
    N_("The pattern {value} in QA_FILE_PATTERNS names no group; known groups are {why}."),
)
"""The first that fits is used, so the narrower ones stand before the wider."""
