"""Sentences about tables of other systems, and why a row of one is refused."""

from dashboard.i18n import N_

SENTENCES = (
    N_("{name} is an old .xls spreadsheet; save it as .xlsx or CSV."),
    N_("{name} is larger than {count} GiB; split it."),
    N_("{name} has no rows; its first line must name the columns."),
    N_("{name} is no spreadsheet that can be read; save it as CSV (UTF-8)."),
    N_("{name} unpacks to more than {count} GiB; save the sheet as CSV, or split it."),
    N_("{name} has {count} columns; {limit} can be read, leave the others out."),
    N_("{name} holds no JSON object; write one on each line."),
    N_(
        "The dates contradict one another: some have the day first and some the month; correct the file,"
        " or choose with --dates dmy or --dates mdy (the others are then rejected)."
    ),
    N_(
        "Nothing in the file shows whether its dates have the day or the month first; say it with"
        " --dates dmy, mdy, jalali or iso."
    ),
    N_("Two columns are mapped to {name}; map one of them."),
    N_("There is no column {name}; the columns are {why}."),
    N_("No column is known to be {name}; say it with --map COLUMN={column} (the columns are {why})."),
    N_("A call with a recording needs an id of letters, digits, dots, dashes or underscores."),
    N_("There is no reading {name} for {column}; there are: {why}."),
    N_("The option --map {name} is not COLUMN=FIELD; the fields of {column} are {why}."),
    N_("Not one of {count} rows could be used: {rest}."),
    N_("{name} is no date and time in the order of this file"),
    N_("{name} is no number"),
    N_("{name} is no number of seconds and no h:mm:ss"),
    N_("{name} is no number of seconds since 1970"),
    N_("{name} is no whole number"),
    N_("csat is outside its scale (1 to 5 unless --scale or a column scale says another)"),
    N_("{name} is outside {low} to {limit}"),
    N_("scale is not 2 to 10"),
    N_("was answered, but no column says when"),
    N_("has neither text nor title"),
    N_("names no customer"),
    N_("has no time"),
    N_("has no unique id"),
    N_("outcome is no known word such as ANSWERED or NO ANSWER"),
    N_("lacks its time, unique id, queue or event"),
    N_("has the number of an earlier row and says something else"),
    N_("has another number of cells than the header, which has {count}"),
    N_("is no table row, and nothing after it can be read; correct its quotes"),
    N_("is no JSON object on a line of its own"),
)
"""The first that fits is used, so the narrower ones stand before the wider."""
