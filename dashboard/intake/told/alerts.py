"""Sentences about what a site chooses for its alerts."""

from dashboard.i18n import N_

SENTENCES = (
    N_("{name} is no mail address; write it as name@example.org."),
    N_("The webhook is no web address; write it as https://host/path."),
    N_("Quiet hours need both a beginning and an end; fill in both or none."),
    N_("Quiet hours have the time {name}; write it as 22:00."),
    N_("The report needs a day, a language and at least one kind of file."),
    N_("The report is due at {name}; write the time as 07:00."),
    N_("The secret has {count} letters; give at least {limit}."),
    N_("The secret cannot be written to {name} ({why}); correct the folder's rights."),
)
