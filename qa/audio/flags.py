"""What may be odd about a recording that is usable all the same. The words are translation keys."""

BOTH_SAME = "both channels the same"
ONE_SILENT = "one channel silent"
WRONG_EXTENSION = "wrong extension"
DAMAGED = "damaged frames"
MORE_TRACKS = "only the first track was read"
UNFINISHED = "no end mark"
